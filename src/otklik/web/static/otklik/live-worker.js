// One stream of changes for all pages of a browser: browsers keep six connections to a host, and every stream holds one.
// A page says where it stands ({url, id}); it is told what comes ({type, incidents, id}).
const ports = new Set();
const AGAIN = 30_000;
let source = null;
let reached = "";

const tell = (message) => ports.forEach((port) => port.postMessage(message));

const open = (url) => {
  source = new EventSource(reached ? `${url}?after=${encodeURIComponent(reached)}` : url);
  for (const type of ["change", "renew", "ready"]) {
    source.addEventListener(type, (event) => {
      reached = event.lastEventId || reached;
      tell({ type, id: reached, ...JSON.parse(event.data) });
    });
  }
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself, with the last id it had
    source = null;
    setTimeout(() => ports.size && !source && open(url), AGAIN);
  };
};

onconnect = (connected) => {
  const port = connected.ports[0];
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data.leave) {
      ports.delete(port);
      if (!ports.size) {
        source?.close();
        source = null;
        reached = "";
      }
      return;
    }
    if (!source) {
      reached = data.id;
      open(data.url);
    } else if (reached !== data.id) {
      port.postMessage({ type: "renew", id: reached }); // something came while the page was on its way
    }
  };
};
