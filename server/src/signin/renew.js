// Asks for a newer token while the page is open. The server knows whether it is time; of all tabs one asks at a time, and
// who comes later has the newer cookie already.
const renew = () =>
  navigator.locks.request("ordinal-renew", { ifAvailable: true }, (lock) => lock && fetch("/sign-in/renew", { method: "POST" }).catch(() => {}));
setInterval(renew, 20_000);
document.addEventListener("visibilitychange", renew);
