// Run in a network of its own: what comes to a port there goes to a socket of the file system, which
// networks do not part.
import { connect, createServer } from "node:net";

const [port, path] = process.argv.slice(2);

createServer((near) => {
  const far = connect(path);
  near.pipe(far).pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
}).listen(Number(port), "127.0.0.1", () => process.stdout.write("open\n"));
