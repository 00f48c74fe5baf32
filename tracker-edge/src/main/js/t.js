/**
 * @fileoverview The pixel: keeps the click that brought a shopper, and hands each order to the edge once, whatever
 * happens to the page, the network or the server. It throws nothing into the page and changes nothing of the page's
 * but the `itc` of its address. The build puts all of it into one `try` block. Why things are as they are, and what
 * each idiom weighs: RATIONALE.md of this module, «Pixel».
 */

/** First part of every key that is kept, and the name of the value with the touches. */
const NAME = 'influtrace';

/** Touches kept: as many as the edge reads. */
const TOUCHES = 10;

/** Milliseconds. */
const SECOND = 1e3;
const DAY = 864e5;

/** An order waits this long for its server; the sweep's grace is a day longer. Marks of sent orders stay as long. */
const PATIENCE = 7 * DAY;

/** The edge takes 16 KiB; above this many characters an order goes without its items, as its value matters more. */
const ITEMS = 13e3;

/** The most seconds of a Retry-After: doubled by chance they still fit a timer, and no order waits for so long. */
const LONGEST = 1e6;

/** Places in the kept list: what was said of consent, the handle, and from there on tokens (newest last). */
const CONSENT = 0;
const REF = 1;
const TOKENS = 2;

/** What of an order or a survey, and of the objects in them, goes out. */
const FIELDS =
  'tax,discount,items,paymentStatus,price,orderId,quantity,coupon,email,sku,name,currency,creator,collection,value,customer,channel,shipping'.split(',');

/** What the snippet left on the page. */
const stub = window.influtrace;

/** The integration. Where there is no snippet, this ends the script. */
const id = stub.id.trim();

/**
 * What storage refuses or consent withholds, and marks of what is under way; it dies with the page.
 * @const {!Object<string, *>}
 */
const memory = {};

/** @type {number|undefined} The timer of the next try; none until the snippet's queue is read, which goes out with the first look, */
let timer;

/** and the seconds that the next failure waits. */
let pause = 5;

/** @type {string|undefined} `required`, where the page wants nothing stored before consent */
let asked;

/** @type {string|undefined} The click in this page's address, */
let token;

/** @type {string|undefined} and its creator's handle. */
let ref;

/**
 * Fails silently: nothing of ours may stop the page.
 * @template T
 * @param {function(): T} work
 * @return {T|undefined}
 */
const attempt = (work) => {
  try {
    return work();
  } catch {}
};

/** The folder that the pixel came from; a stack knows it where a tag manager hides which script is ours. */
const folder = attempt(
  () => /http[^\s?]*\//.exec(/** @type {?} */ (document.currentScript || 0).src || new Error().stack)[0],
);

// What is kept.

/**
 * @param {string} key
 * @return {string} empty where there is nothing
 */
const read = (key) => '' + (memory[key] || attempt(() => localStorage[key]) || '');

/**
 * Keeps a value in storage; where that is refused, or consent withheld, only in memory.
 * @param {string} key
 * @param {*} value a list is kept with commas, nothing takes the key away
 * @param {*=} always whatever was said of consent
 */
const write = (key, value, always) => {
  const lasting = value && (always || !withheld());
  memory[key] = value;
  attempt(() => {
    delete localStorage[key];
    if (lasting) {
      localStorage[key] = value;
      memory[key] = '';
    }
  });
  if (lasting && key == NAME)
    attempt(() => {
      // Any age above the 400 days that browsers allow means those.
      document.cookie = NAME + '=' + memory[key] + ';path=/;max-age=' + (memory[key] ? DAY : 0);
    });
};

/** @return {!Array<string>} what was said of consent, the handle, and the tokens, this page's among them */
const touches = () => {
  const list = (read(NAME) || attempt(() => /influtrace=([^;]*)/.exec(document.cookie)[1]) || '').split(',');
  if (token && !list.includes(token)) {
    list[REF] = ref;
    if (list.push(token) > TOKENS + TOUCHES) list.splice(TOKENS, 1);
  }
  return list;
};

/** @return {*} whether nothing may be stored now */
const withheld = () => {
  const said = touches()[CONSENT] || asked;
  return said && said != 'granted';
};

/**
 * @return {*} whether only the bare order may go out
 * @noinline
 */
const discreet = () => navigator.globalPrivacyControl || withheld();

/** @return {!Array<string>} the touches that may go out */
const open = () => (discreet() ? [] : touches());

// What goes out.

/**
 * Writes JSON in plain ASCII, by itself: the page's JSON, toJSON and prototypes may be anything. Numbers become
 * texts, which the edge reads as well; twelve digits undo what binary fractions do to prices (239.70000000000002).
 * @param {*} value
 * @param {!Object=} own its own members, without those that somebody gave to all objects
 * @return {string}
 */
const json = (value, own = {__proto__: null, .../** @type {?Object} */ (value)}) =>
  Array.isArray(value)
    ? '[' + value.map((one) => json(one)) + ']'
    : Object(value) === value
      ? '{' +
        FIELDS.filter((name) => own[name] || own[name] === 0)
          .map((name) => json(name) + ':' + json(own[name])) +
        '}'
      : '"' +
        escape(/** @type {string} */ (typeof value == 'number' ? +value.toPrecision(12) : value))
          .replace(/%(?!u)/g, '\\u00')
          .replace(/%/g, '\\') +
        '"';

/**
 * Keeps a report until it is answered; one that was sent before is not sent again.
 * @param {string} kind the endpoint
 * @param {?} given
 * @param {*=} now whether it goes out in this task
 */
const report = (kind, given, now) => {
  const key = NAME + ':' + id + '/' + kind + ':' + given['orderId'];
  const facts = {.../** @type {?Object} */ (given)};
  if (!read(key)) {
    if (discreet()) facts['customer'] = facts['email'] = '';
    let text = json(facts);
    if (text.length > ITEMS) {
      facts['items'] = '';
      text = json(facts);
    }
    write(key, [Date.now(), 0, text.slice(1)]);
  }
  if (now) send(key);
};

/**
 * One timer for all: they have one server, so a Retry-After of one holds for the page.
 * @param {number} wait milliseconds until what is kept is tried again
 * @noinline
 */
const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(look, wait * (1 + Math.random()));
};

/**
 * Sends a report that waits: `queued,hold,members`. A mark of one that was sent, or is under way, is its time alone.
 * @param {string} key
 */
const send = (key) =>
  attempt(() => {
    const path = folder + /:(.+?):/.exec(key)[1];
    const [queued, hold, ...facts] = /** @type {!Array<?>} */ (read(key).split(','));
    const now = Date.now();
    if (now - queued > PATIENCE) write(key, '');
    else if (hold > now) later(hold - now);
    else if (hold) {
      memory[key] = queued;
      const list = open();
      const body =
        '{"ageMs":' +
        (now - queued) +
        (list[TOKENS] ? ',"tokens":' + json(list.slice(TOKENS)) + ',"ref":' + json(list[REF]) : '') +
        ',' +
        facts;
      /**
       * @param {?} answer or why there is none
       * @param {?=} text
       */
      const settle = (answer, text) => {
        if (answer.ok || /retry":f/.test(text)) {
          pause = 5;
          write(key, answer.ok && now);
        } else {
          const wait = attempt(() => Math.min(answer.headers.get('Retry-After'), LONGEST));
          write(key, [queued, now + wait * SECOND, facts]);
          later((wait || pause) * SECOND);
          pause *= 2;
        }
      };
      // Without a prototype, so that nobody else's options slip in. A string goes as text/plain: no preflight.
      attempt(() =>
        fetch(path, {
          __proto__: null,
          method: 'POST',
          keepalive: true,
          credentials: discreet() ? 'omit' : 'include',
          body,
        })
          .then((answer) => answer.text().then((text) => settle(answer, text)))
          .catch(settle),
      ) || settle({ok: navigator.sendBeacon(path, body)});
    }
  });

// What the page may say.

/** @const {!Object<string, function(?)>} */
const COMMANDS = {
  'order': (facts) => report('orders', facts, timer),

  'survey': (facts) => discreet() || report('surveys', facts, timer),

  /** @param {string} said `required`, `granted`, or else `denied` */
  'consent': (said) => {
    if (said == 'required') asked = said;
    else {
      const list = said == 'granted' ? touches() : [(token = '')];
      list[CONSENT] = said;
      write(NAME, list, 1);
      look();
    }
  },

  /** @param {function(!Object)} tell */
  'attribution': (tell) => {
    const list = open();
    tell({'ref': list[REF], 'token': list[TOKENS] && list.pop()});
  },

  'debug': () => import(folder + 't.debug.js').catch(() => {}),
};

/** @param {?} call a command and what goes with it */
const run = (call) => attempt(() => COMMANDS[call[0]](call[1]));

// The page's life.

/**
 * Sends what waits in a task of its own: a request is the most that a slow phone can do in one.
 * @param {string} key anybody's; one that is not ours is left alone
 */
const soon = (key) => /^influtrace:/.test(key) && setTimeout(() => send(key));

/**
 * Tries all that is kept and, once the page has loaded, tells the edge that the pixel is alive here and which touches
 * are one browser's. A ping is a report like an order; day and newest click name it, so it goes once for each.
 */
const look = () => {
  // Of its three words only `complete` stands before `e`.
  if (document.readyState < 'e' && !discreet())
    report('ping', {'orderId': ((Date.now() / DAY) | 0) + touches().pop()});
  Object.keys(memory).forEach(soon);
  attempt(() => Object.keys(localStorage).forEach(soon));
};

/**
 * Takes over from the snippet.
 * @return {*} nothing
 */
const start = () =>
  attempt(() => {
    const queue = [...(stub.q || '')]; // Where a second snippet brings us twice, this is no list and ends the second.
    stub.q = {push: run};
    removeEventListener('pagehide', start); // Not in the way of the page's leaving.
    queue.forEach(run);
    if (token && !discreet()) write(NAME, touches());
    let order = window.influtraceOrder;
    const laid = () => run(['order', order]);
    laid();
    attempt(() =>
      Object.defineProperty(window, 'influtraceOrder', {
        __proto__: null,
        configurable: true,
        get: () => order,
        set: (given) => {
          order = given;
          setTimeout(laid); // Once the page has filled it.
        },
      }),
    );
    timer = setTimeout(look);
    addEventListener('online', look);
    addEventListener('pageshow', look);
    // What can wait has tasks of its own, so that none is long. A copied address carries nobody's click.
    setTimeout(() =>
      attempt(() =>
        history.replaceState(
          history.state,
          '',
          location.href.replace(/([?&])itc=[^&#]*(&?)/, (all, before, after) => after && before),
        ),
      ),
    );
  });

// A router may have cleaned the address before us; the navigation entry remembers it.
attempt(() => {
  [, ref = '', token] = /** @type {!Array<string>} */ (
    /[?&](?:ref=([\w.-]*)&)?itc=([\w-]{40,64})/.exec(
      location.href + ' ' + attempt(() => performance.getEntriesByType('navigation')[0].name),
    )
  );
});

if (document.prerendering) document.addEventListener('prerenderingchange', start);
else {
  // A phone needs milliseconds for each: this task reads the address, the next opens storage, a third does the rest.
  setTimeout(() => attempt(touches));
  setTimeout(start);
  addEventListener('pagehide', start); // A page that is left before that keeps its order as well.
}
