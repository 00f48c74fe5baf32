// node worker-host.mjs PORT WORKER EDGE: runs a Cloudflare Worker as Cloudflare does, but for its network: a standard
// Request in, with the visitor's address beside it, a standard Response out.
import http from 'node:http';

const [port, worker, EDGE] = process.argv.slice(2);
const {default: handler} = await import(worker);

http
  .createServer(async (incoming, outgoing) => {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const body = parts.length ? Buffer.concat(parts) : undefined;
    // Node would unpack an answer and leave its header; connection and length are each hop's own.
    const {host, ...headers} = incoming.headers;
    for (const own of ['accept-encoding', 'connection', 'content-length', 'upgrade', 'http2-settings']) delete headers[own];
    headers['cf-connecting-ip'] = incoming.socket.remoteAddress;
    const request = new Request(`http://${host}${incoming.url}`, {method: incoming.method, headers, body});
    const answer = await handler.fetch(request, {EDGE});
    const cookies = answer.headers.getSetCookie();
    const sent = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, cookies.length ? {...sent, 'set-cookie': cookies} : sent);
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  })
  .listen(+port, '127.0.0.1');
