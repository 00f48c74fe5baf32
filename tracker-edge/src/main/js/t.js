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

/** The longest Retry-After: doubled by chance it still fits a timer, and no order waits for so long. */
const LONGEST = 1e9;

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

/** and the milliseconds that the next failure waits. */
let pause = 5e3;

/** What holds where the visitor has said nothing; `required`, where the page wants nothing stored before consent. */
let asked = 'granted';

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

// What is done, and when.

/**
 * Work that waits for a task of its own, in turn: a phone needs milliseconds for each piece, and answers no finger
 * meanwhile.
 * @const {!Array<function(): ?>}
 */
const waiting = [];

/**
 * Does the next piece; where the page is left before its timers came, all of them.
 * @param {*=} leaving
 */
const next = (leaving) => {
  attempt(/** @type {function()} */ (waiting.shift()));
  if (!waiting[0]) removeEventListener('pagehide', next); // Not in the way of the page's leaving.
  else if (leaving) next(leaving);
};

/** @param {function(): ?} work */
const plan = (work) => {
  waiting.push(work);
  setTimeout(next);
  addEventListener('pagehide', next); // Heard once, however often it is said.
};

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
const withheld = () => (touches()[CONSENT] || asked) != 'granted';

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
 * @param {?} value
 * @return {string}
 */
const json = (value) =>
  Array.isArray(value)
    ? '[' + value.map(json) + ']'
    : Object(value) === value
      ? '{' +
        Object.keys(value)
          .filter((name) => FIELDS.includes(name) && (value[name] || value[name] === 0))
          .map((name) => json(name) + ':' + json(value[name])) +
        '}'
      : '"' +
        escape(/** @type {string} */ (typeof value == 'number' ? +value.toPrecision(12) : value))
          .replace(/%u/g, '\\u')
          .replace(/%/g, '\\u00') +
        '"';

/**
 * Keeps a report until it is answered; one that was sent before is not sent again.
 * @param {string} kind the endpoint
 * @param {?} given
 */
const report = (kind, given) => {
  const key = NAME + ':' + id + '/' + kind + ':' + given['orderId'];
  if (!read(key)) {
    const facts = {.../** @type {?Object} */ (given)};
    if (discreet()) facts['customer'] = facts['email'] = '';
    if (json(facts).length > ITEMS) facts['items'] = '';
    write(key, [Date.now(), 0, json(facts).slice(1)]);
  }
  if (timer) soon(key);
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
 * The request itself is the most that a slow phone can do in one task.
 * @param {string} key
 */
const send = (key) => {
  const path = folder + key.split(':')[1];
  const [queued, hold, ...facts] = /** @type {!Array<?>} */ (read(key).split(','));
  const now = Date.now();
  if (now - queued > PATIENCE) write(key, '');
  else if (hold > now) later(hold - now);
  else if (hold) {
    memory[key] = queued;
    const list = open();
    const credentials = discreet() ? 'omit' : 'include';
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
        pause = 5e3;
        write(key, answer.ok && now);
      } else {
        const wait = attempt(() => Math.min(answer.headers.get('Retry-After') * SECOND, LONGEST));
        write(key, [queued, now + wait, facts]);
        later(wait || pause);
        pause *= 2;
      }
    };
    // Without a prototype, so that nobody else's options slip in. A string goes as text/plain: no preflight.
    plan(
      () =>
        attempt(() =>
          fetch(path, {
            __proto__: null,
            credentials,
            method: 'POST',
            body,
            keepalive: true,
          })
            .then((answer) => answer.text().then((text) => settle(answer, text)))
            .catch(settle),
        ) || settle({ok: navigator.sendBeacon(path, body)}),
    );
  }
};

// What the page may say.

/** @const {!Object<string, function(?)>} */
const COMMANDS = {
  'order': (facts) => report('orders', facts),

  'survey': (facts) => discreet() || report('surveys', facts),

  /** @param {string} said `required`, `granted`, or else `denied` */
  'consent': (said) => {
    if (said == 'required') asked = said;
    else {
      const list = said == 'granted' ? touches() : [(token = '')];
      list[CONSENT] = said;
      write(NAME, list, 1);
      onward();
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
const run = (call) => plan(() => COMMANDS[call[0]](call[1]));

// The page's life.

/** @param {string} key anybody's; one that is not ours is left alone */
const soon = (key) => /^influtrace:/.test(key) && plan(() => send(key));

/**
 * Tries all that is kept and, once the page has loaded, tells the edge that the pixel is alive here and which touches
 * are one browser's. A ping is a report like an order; day and newest click name it, so it goes once for each.
 */
const look = () => {
  // Of its three words only `complete` stands before `e`.
  if (document.readyState < 'e' && !discreet())
    plan(() => report('ping', {'orderId': ((Date.now() / DAY) | 0) + touches().pop()}));
  Object.keys(memory).map(soon);
  attempt(() => Object.keys(localStorage).map(soon));
};

/**
 * Looks in a task of its own, not in the one that tells us to.
 * @noinline
 */
const onward = () => later(0);

/** Takes over from the snippet: its calls, and all that come later, wait in turn with the rest. */
const takeOver = () => {
  const queue = [...(stub.q || '')]; // Where a second snippet brings us twice, this is no list and ends the second.
  stub.q = {push: run};
  queue.map(run);
  let order = window.influtraceOrder;
  const laid = () => report('orders', order);
  addEventListener('pageshow', onward);
  addEventListener('online', onward);
  plan(laid);
  plan(onward);
  plan(() => token && !discreet() && write(NAME, touches()));
  // A copied address carries nobody's click.
  plan(() =>
    history.replaceState(
      history.state,
      '',
      location.href.replace(/([?&])itc=[^&#]*(&?)/, (all, before, after) => after && before),
    ),
  );
  Object.defineProperty(window, 'influtraceOrder', {
    __proto__: null,
    configurable: true,
    get: () => order,
    set: (given) => {
      order = given;
      plan(laid); // Once the page has filled it.
    },
  });
};

/** A router may have cleaned the address before us; the navigation entry remembers it. */
const arrive = () => {
  plan(touches);
  plan(takeOver);
  [, ref = '', token] = /** @type {!Array<string>} */ (
    /[?&](?:ref=([\w.-]*)&)?itc=([\w-]{40,64})/.exec(
      location.href + ' ' + attempt(() => performance.getEntriesByType('navigation')[0].name),
    )
  );
};

const start = () => plan(arrive);

if (document.prerendering) document.addEventListener('prerenderingchange', start);
else start();
