// InfluTrace under the shop's own host, as a Cloudflare Worker on the routes shop.example/hello/* and shop.example/p/*.
// EDGE is the edge's own address, as a variable of the Worker: https://influtrace.example. The edge must know the shop by
// its own name and the shopper by their own address: on the edge, set PUBLIC_URL=https://shop.example and
// TRUSTED_PROXIES to Cloudflare's addresses (https://www.cloudflare.com/ips/).

const FOLDER = '/hello/';

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const path = url.pathname.startsWith(FOLDER)
      ? '/api/v1/integrations/custom/' + url.pathname.slice(FOLDER.length)
      : url.pathname;
    const onward = new Request(env.EDGE + path + url.search, request);
    onward.headers.set('X-Forwarded-Host', url.host);
    onward.headers.set('X-Forwarded-Proto', 'https');
    onward.headers.set('X-Forwarded-For', request.headers.get('CF-Connecting-IP'));
    // The redirect is the shopper's to follow, not ours.
    return fetch(onward, {redirect: 'manual'});
  },
};
