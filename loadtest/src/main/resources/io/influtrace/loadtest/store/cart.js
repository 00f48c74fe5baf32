// The cart: product ids in localStorage, one per piece.
(function () {
  var read = function () {
    try { return JSON.parse(localStorage.getItem('cart')) || []; } catch (e) { return []; }
  };
  var write = function (cart) {
    localStorage.setItem('cart', JSON.stringify(cart));
    show();
  };
  var show = function () {
    document.getElementById('count').textContent = read().length;
  };
  document.addEventListener('click', function (event) {
    var product = event.target.getAttribute && event.target.getAttribute('data-add');
    if (product) {
      write(read().concat(product));
      location.href = '/cart';
    }
  });
  var items = document.getElementById('items');
  if (items) {
    if (read().length && !location.search) location.replace('/cart?items=' + encodeURIComponent(read().join(',')));
  }
  if (document.getElementById('order')) write([]);
  show();
})();
