/**
 * @fileoverview Names that pages and servers see, which the minifier must therefore leave alone.
 * @externs
 */

/**
 * What the snippet leaves on the page: a queue of calls until the pixel takes over, and the integration's id.
 * @typedef {{q: ?, id: (string|undefined)}}
 */
var InflutraceStub;

/** @type {?InflutraceStub|undefined} */
Window.prototype.influtrace;

/** @type {*} The second form of an order: an object that the page lays down instead of calling. */
Window.prototype.influtraceOrder;

/** @type {boolean|undefined} True while a page is loaded ahead of a visit that may never come. */
Document.prototype.prerendering;

/** @type {boolean|undefined} Global Privacy Control. */
Navigator.prototype.globalPrivacyControl;

/** @type {!Storage} Bare, as the minifier's own externs know it only on the window. */
var localStorage;

/**
 * @param {string} type
 * @param {function()} listener
 */
function addEventListener(type, listener) {}

/**
 * @param {string} type
 * @param {function()} listener
 */
function removeEventListener(type, listener) {}

/**
 * What the minifier calls `import()`, which it cannot write; the build gives the name back.
 * @param {string} url
 * @return {!Promise}
 */
function importModule(url) {}
