// Puts load on the server with wrk, which needs less CPU time than a client in Node.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
export const SECONDS = 5;
export const CONNECTIONS = 8;

/** Requests a URL, or the requests of a Lua script, repeatedly. Returns responses per second and the 99th percentile. */
export async function load(url, { cookie, script } = {}) {
  const header = cookie ? ["-H", `Cookie: ${cookie}`] : [];
  const scriptOption = script ? ["-s", script] : [];
  const { stdout } = await run("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--latency", ...header, ...scriptOption, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} was not always answered successfully:\n${stdout}`);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p99: /^\s+99%\s+(\S+)$/m.exec(stdout)[1] };
}
