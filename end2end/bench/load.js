// Loads the server by wrk, whose one thread costs the two cores less than a client in Node would.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
export const SECONDS = 5;
export const CONNECTIONS = 8;

/** Asks for an address, or for what a Lua script makes, over and over: answers a second, and the slowest of 99 in 100. */
export async function load(url, { cookie, script } = {}) {
  const header = cookie ? ["-H", `Cookie: ${cookie}`] : [];
  const made = script ? ["-s", script] : [];
  const { stdout } = await run("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--latency", ...header, ...made, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} did not always answer as it should:\n${stdout}`);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p99: /^\s+99%\s+(\S+)$/m.exec(stdout)[1] };
}
