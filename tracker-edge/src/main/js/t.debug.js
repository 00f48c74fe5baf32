/**
 * @fileoverview What `influtrace('debug')` loads: it says on the console what is kept, what waits and why, what the
 * server answers, and where nothing arrives, what stands between. It ships as it is written, outside the pixel's
 * budget, to those alone who ask for it.
 */

const snippet = /** @type {?} */ (window.influtrace);
const integration = String(snippet.id).trim();
const server = /http[^\s?]*\//.exec(new Error().stack || '')[0];
const origin = new URL(server).origin;

/** Directives of the page's own policy that stopped us. @const {!Array<string>} */
const forbidden = [];

/** @param {string} words */
const tell = (words) => console.log('influtrace: ' + words);

/** @return {string} how storage is */
const storage = () => {
  const key = 'influtrace-debug';
  try {
    localStorage.setItem(key, key);
    localStorage.removeItem(key);
    return '';
  } catch (e) {
    return 'localStorage is blocked or full (' + e + '): orders wait on this page only, touches go to a cookie.';
  }
};

/** @return {!Array<string>} our keys */
const kept = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith('influtrace:' + integration + '/'));
  } catch (e) {
    return [];
  }
};

/** @return {string} the value with the touches */
const list = () => {
  try {
    return localStorage.getItem('influtrace') || '';
  } catch (e) {
    return '';
  }
};

/** @return {string} what keeps touches back, empty where nothing does */
const consent = () => {
  if (navigator.globalPrivacyControl)
    return 'consent: the browser sends Global Privacy Control; only orders and their coupons go out, nothing is kept.';
  const said = list().split(',')[0];
  if (said && said != 'granted') return "consent: the visitor said '" + said + "'; only bare orders go out.";
  const pinged = kept().some((key) => key.includes('/ping:' + Math.floor(Date.now() / 864e5)));
  if (!said && !pinged && !storage() && document.readyState == 'complete')
    return "consent: withheld; the page called influtrace('consent', 'required') and nobody has granted it yet.";
  return '';
};

/** Says what is kept and what waits. */
const inventory = () => {
  const touches = list().split(',').slice(2).length;
  tell('touches kept: ' + touches + (touches ? ", the newest creator's handle: " + (list().split(',')[1] || 'none') : ''));
  for (const key of kept()) {
    const [at, hold, facts] = String(localStorage.getItem(key)).split(',');
    const name = key.slice(key.indexOf('/') + 1);
    const since = new Date(+at).toISOString();
    if (!facts) tell(name + ' was taken by the server at ' + since);
    else tell(name + ' waits since ' + since + (+hold > Date.now() ? ', until ' + new Date(+hold).toISOString() : ''));
  }
};

/**
 * @param {string} what
 * @param {!Response} answer
 * @return {!Promise}
 */
const explain = (what, answer) =>
  answer.text().then((text) => {
    const code = (/"code":"(\w+)"/.exec(text) || [])[1];
    const detail = (/"detail":"([^"]*)"/.exec(text) || [])[1];
    const field = (/"field":"([^"]*)"/.exec(text) || [])[1];
    if (answer.ok) tell(what + ': taken (' + answer.status + ')');
    else
      tell(
        what + ': refused with ' + answer.status + ' ' + (code || '') + (field ? ' (' + field + ')' : '') +
          (detail ? ': ' + detail : ''),
      );
    if (code == 'integration_pending')
      tell('the integration ' + integration + ' is pending: POST /api/v1/integrations/' + integration + '/verify');
  });

const genuine = window.fetch;

/**
 * Says why a request found no answer that this page may read.
 * @param {string} what
 * @param {*} why
 */
const diagnose = async (what, why) => {
  // The browser reports a violation in a task of its own.
  await new Promise((done) => setTimeout(done, 50));
  if (forbidden.length) {
    tell(
      what + ": blocked by this page's Content-Security-Policy (" + forbidden.join(', ') + '); add ' + origin + ' to it.',
    );
    return;
  }
  if (!navigator.onLine) {
    tell(what + ': this browser is offline; orders wait.');
    return;
  }
  try {
    await genuine(server + integration + '/ping', {method: 'POST', mode: 'no-cors', credentials: 'omit', body: '{}'});
    tell(
      what + ': wrong origin. The server answers, but not to ' + location.origin + '. Another origin is registered, or ' +
        integration + ' is unknown there; both sides: GET /api/v1/integrations/' + integration + '/near-misses',
    );
  } catch (e) {
    tell(
      what + ': blocked on its way (' + why + "). This script came from the same server and no policy of the page forbids" +
        ' it: an extension, a content filter or the network stops requests to ' + server + integration + '/',
    );
  }
};

/** Asks the server with a bare ping, which carries nothing of the visitor. */
const probe = async () => {
  try {
    const answer = await genuine(server + integration + '/ping', {method: 'POST', credentials: 'omit', body: '{}'});
    await explain('server', answer);
    const status = answer.headers.get('Influtrace-Status');
    if (status == 'pending')
      tell(
        'the integration ' + integration + ' is pending, its orders are refused: POST /api/v1/integrations/' +
          integration + '/verify',
      );
    else if (status) tell('the integration ' + integration + ' is ' + status + '.');
  } catch (e) {
    await diagnose('server', e);
  }
};

/** From now on each answer to the pixel is told; the page's own requests are let through untouched. */
const listen = () => {
  window.fetch = /** @type {?} */ (
    /** @param {...?} given */
    (...given) => {
      const asked = genuine.apply(window, given);
      const url = String(given[0]);
      if (url.startsWith(server + integration + '/')) {
        const what = url.slice(url.lastIndexOf('/') + 1);
        Promise.resolve(asked).then(
          (answer) => explain(what, answer.clone()),
          (e) => diagnose(what, e),
        );
      }
      return asked;
    }
  );
  const take = snippet.q.push;
  snippet.q = {
    push: (call) => {
      const [command, facts] = call;
      tell('called with ' + command);
      if (command == 'order' || command == 'survey') {
        const missing = ['orderId', 'value', 'currency'].filter(
          (name) => (command == 'order' || name == 'orderId') && (!facts || (!facts[name] && facts[name] !== 0)),
        );
        if (missing.length) tell(command + ' lacks ' + missing.join(', '));
      }
      return take(call);
    },
  };
};

document.addEventListener('securitypolicyviolation', (event) => {
  const violation = /** @type {?} */ (event);
  if (String(violation.blockedURI).startsWith(origin)) forbidden.push(violation.effectiveDirective);
});
tell('integration ' + integration + ', server ' + server + ', page ' + location.origin);
[storage(), consent()].filter(Boolean).forEach(tell);
inventory();
listen();
probe();
