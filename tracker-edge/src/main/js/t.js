/**
 * @fileoverview The pixel: keeps the click that brought a shopper, and hands each order to the edge once, whatever
 * happens to the page, the network or the server. It throws nothing into the page and changes nothing of the page's
 * but the `itc` of its address. Why things are as they are: RATIONALE.md of this module, «Pixel».
 */

/** First part of every key that is kept, and the name of the value with the touches. */
const NAME = 'influtrace';
const COOKIE = NAME + '=';

/** An address of the pixel: first its server, then what lies before the paths that the edge knows. */
const SCRIPT = /(https?:\/\/[^/\s]+)((\S*?)(\/api\/v1\/integrations\/custom)?\/t(\.\w+)?\.js)?/;

/** Touches kept: as many as the edge reads. */
const TOUCHES = 10;

/** Milliseconds. */
const SECOND = 1e3;
const DAY = 864e5;

/** An order waits this long for its server; the sweep's grace is a day longer. Marks of sent orders stay as long. */
const PATIENCE = 7 * DAY;

/** The edge takes 16 KiB; above this many characters an order goes without its items, as its value matters more. */
const ITEMS = 13e3;

/** Places in the kept value, a list joined by colons: what was said of consent, the handle, tokens (newest last). */
const CONSENT = 0;
const REF = 1;
const TOKENS = 2;

/** What of an order or a survey goes out. */
const FACTS = 'customer,orderId,value,currency,coupon,discount,paymentStatus,tax,shipping,creator,channel,items';

/** What the snippet left on the page. */
const stub = window.influtrace;

/** The integration. */
const id = stub && stub.id;

/** What storage refuses or consent withholds; it dies with the page. @const {!Object<string, string>} */
const memory = {__proto__: null};

/** Keys under way. @const {!Object<string, boolean>} */
const busy = {__proto__: null};

/** The page has said that nothing may be stored before consent. */
let required = false;

/** The page has asked for words on the console. */
let talking = false;

/** The click in this page's address, and its creator's handle. */
let token = '';
let ref = '';

/** Failed tries since one went well, and the timer of the next. */
let failures = 0;
let timer = 0;

/**
 * Fails silently: nothing of ours may stop the page.
 * @template T
 * @param {function(): T} work
 * @return {T|undefined}
 */
const attempt = (work) => {
  try {
    return work();
  } catch (e) {
    say(e);
  }
};

/** @param {...*} words */
const say = (...words) => {
  if (talking) console.log(NAME, ...words);
};

/** Where the edge is, by the pixel's own address; a stack has it where a tag manager hides which script is ours. */
const base = attempt(() => {
  const own = document.currentScript;
  const found = SCRIPT.exec((own && own.src) + ' ' + new Error().stack);
  return found[1] + (found[3] || '');
});

// What is kept.

/**
 * @param {string} key
 * @return {string} empty where there is nothing
 */
const read = (key) => memory[key] || attempt(() => localStorage.getItem(key)) || '';

/**
 * Keeps a value in storage; where that is refused, or consent withheld, only in memory.
 * @param {string} key
 * @param {string} value the empty one takes the key away
 * @param {boolean=} always whatever was said of consent
 */
const write = (key, value, always) => {
  const lasting = value && (always || !withheld());
  memory[key] = value;
  attempt(() => {
    localStorage.removeItem(key);
    if (lasting) {
      localStorage.setItem(key, value);
      delete memory[key];
    }
  });
  if (lasting && key == NAME)
    attempt(() => {
      document.cookie = COOKIE + (memory[key] || '') + ';path=/;max-age=' + (memory[key] ? 34560000 : 0);
    });
};

/** @return {!Array<string>} what was said of consent, the handle, and the tokens, this page's among them */
const touches = () => {
  const list = (read(NAME) || attempt(() => document.cookie.split(COOKIE)[1].split(';')[0]) || ':').split(':');
  if (token && list.indexOf(token) < 0) {
    list[REF] = ref;
    if (list.push(token) > TOKENS + TOUCHES) list.splice(TOKENS, 1);
  }
  return list;
};

/**
 * @param {!Array<string>} list
 * @return {string|undefined} the creator's handle
 */
const handle = (list) => attempt(() => decodeURIComponent(list[REF] || ''));

/** @return {boolean} whether nothing may be stored now */
const withheld = () => {
  const said = touches()[CONSENT];
  return said ? said != 'granted' : required;
};

/**
 * @return {boolean} whether only the bare order may go out
 * @noinline
 */
const discreet = () => !!navigator.globalPrivacyControl || withheld();

/** @return {!Array<string>} the touches that may go out */
const open = () => (discreet() ? [] : touches());

// What goes out.

/**
 * Writes JSON in plain ASCII, by itself: the page's JSON, toJSON and prototypes may be anything.
 * @param {*} value
 * @param {number} depth levels below this one that are written
 * @return {string}
 */
const json = (value, depth) => {
  if (Array.isArray(value)) return '[' + (depth ? value.map((one) => json(one, depth - 1)) : '') + ']';
  if (value && typeof value == 'object') return '{' + (depth ? members(value, depth - 1).slice(1) : '') + '}';
  // Twelve digits undo what binary fractions do to prices (239.70000000000002).
  if (typeof value == 'number') return '' + +value.toPrecision(12);
  const escape = (c) => '\\u' + (0x10000 + c.charCodeAt(0)).toString(16).slice(1);
  return '"' + String(value).replace(/[^ !#-[\]-~]/g, escape) + '"';
};

/**
 * @param {*} value
 * @param {number} depth
 * @param {!Array<string>=} names
 * @return {string} the members that there are, a comma before each
 */
const members = (value, depth, names) => {
  let out = '';
  for (const name of names || Object.keys(/** @type {!Object} */ (value)))
    if (value[name] || value[name] === 0) out += ',' + json(name, 0) + ':' + json(value[name], depth);
  return out;
};

/**
 * Keeps a report until it is answered, and sends it; one that was sent before is not sent again.
 * @param {string} kind the endpoint
 * @param {*} given
 * @param {string=} name what tells it from others, where that is not the order
 */
const report = (kind, given, name) => {
  const facts = {__proto__: null, .../** @type {?Object} */ (given)};
  if (facts['orderId'] != null) facts['orderId'] += '';
  const key = NAME + ':' + id + '/' + kind + ':' + (name || facts['orderId']);
  if (!read(key)) {
    if (discreet()) facts['customer'] = null;
    if (json(facts['items'], 3).length > ITEMS) facts['items'] = null;
    write(key, [Date.now(), 0, members(facts, 3, FACTS.split(','))].join('\n'));
  }
  send(key);
};

/**
 * @param {number} pause milliseconds until what is kept is tried again
 * @noinline
 */
const later = (pause) => {
  timer = timer || setTimeout(drain, Math.min(pause, DAY) * (1 + Math.random() / 2));
};

/** @param {string} key of a report that waits, or of the mark that one was sent */
const send = (key) => {
  const entry = read(key);
  const [queued, hold, facts] = entry.split('\n');
  const now = Date.now();
  const age = now - +queued;
  if (!entry || busy[key] || !base) return;
  if (age > PATIENCE) return write(key, '');
  if (facts == null) return;
  if (+hold > now) return later(+hold - now);
  busy[key] = true;
  const list = open();
  const url = base + '/api/v1/integrations/custom/' + key.split(':')[1];
  const body =
    '{' +
    members({'ageMs': age, 'tokens': list[TOKENS] && list.slice(TOKENS), 'ref': handle(list)}, 1).slice(1) +
    facts +
    '}';
  /**
   * @param {boolean=} ok
   * @param {number=} wait seconds
   * @param {boolean=} final
   */
  const settle = (ok, wait, final) => {
    delete busy[key];
    if (ok || final) {
      failures = 0;
      write(key, ok ? '' + now : '');
    } else {
      if (wait) write(key, [queued, now + wait * SECOND, facts].join('\n'));
      later((wait || 5 * 2 ** failures++) * SECOND);
    }
  };
  try {
    // Without a prototype, so that nobody else's options slip in. A string goes as text/plain: no preflight.
    fetch(url, {__proto__: null, method: 'POST', keepalive: true, credentials: discreet() ? 'omit' : 'include', body})
      .then((answer) =>
        answer.text().then((text) => {
          say(url, answer.status, text);
          settle(answer.ok, +answer.headers.get('Retry-After'), /"retry": ?false/.test(text));
        }),
      )
      .catch((e) => settle(say(url, e)));
  } catch (e) {
    settle(navigator.sendBeacon(url, body));
  }
};

/** Tries all that is kept. */
const drain = () => {
  clearTimeout(timer);
  timer = 0;
  for (const key in {...memory, ...attempt(() => localStorage)})
    if (key.startsWith(NAME + ':')) attempt(() => send(key));
};

// What the page may say.

/** @const {!Object<string, function(?)>} */
const COMMANDS = {
  __proto__: null,

  'order': (facts) => report('orders', facts),

  'survey': (facts) => discreet() || report('surveys', facts),

  /** @param {*} said `required`, `granted`, or else `denied` */
  'consent': (said) => {
    if (said == 'required') {
      required = true;
    } else {
      write(NAME, said + ':' + (said == 'granted' ? touches().slice(REF).join(':') : (token = '')), true);
      look();
    }
  },

  /** @param {function(!Object)} tell */
  'attribution': (tell) => {
    const list = open();
    tell({'ref': handle(list), 'token': list.slice(TOKENS).pop()});
  },

  'debug': () => {
    talking = true;
  },
};

/** @param {?} call a command and what goes with it */
const run = (call) => attempt(() => COMMANDS[call[0]](call[1]));

// The page's life.

/**
 * Tries what is kept and, once the page has loaded, tells the edge that the pixel is alive here and which touches are
 * one browser's: once a day, and at each new click.
 */
const look = () => {
  drain();
  if (document.readyState == 'complete' && !discreet())
    report('ping', null, ((Date.now() / DAY) | 0) + touches().slice(TOKENS).pop());
};

/**
 * Reads the click from an address, and takes it out of the address bar, so that a copied address carries nobody's.
 * @param {string} address
 */
const land = (address) => {
  const found = /[?&](ref=([\w.~%-]*)&)?itc=([\w-]{40,99})/.exec(address);
  ref = found[2] || '';
  token = found[3];
  history.replaceState(
    history.state,
    '',
    location.href.replace(/([?&])itc=[^&#]*(&?)/, (all, before, after) => after && before),
  );
};

/** Takes over from the snippet. */
const start = () => {
  attempt(() => land(location.href));
  attempt(() => land(performance.getEntriesByType('navigation')[0].name));
  const queue = stub.q || [];
  stub.q = {push: run};
  for (const call of queue) run(call);
  if (token && !discreet()) write(NAME, touches().join(':'));
  let order = window.influtraceOrder;
  const laid = () => order && run(['order', order]);
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
  addEventListener('online', drain);
  addEventListener('pageshow', look);
  look();
};

if (id && !stub.loaded)
  attempt(() => {
    stub.loaded = true;
    if (document.prerendering) document.addEventListener('prerenderingchange', start);
    else start();
  });
