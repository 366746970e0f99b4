// Sends requests as a signed-in person, without a browser.

export class Session {
  /** Signs in through the page's form. */
  static async open(url, { email, password }) {
    const session = new Session();
    session.url = url;
    const answer = await session.post("/sign-in", { email, password });
    if (answer.status !== 303) throw new Error(`signing in as ${email} answered ${answer.status}`);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    session.cookie = cookies.join("; ");
    return session;
  }

  headers() {
    return this.cookie ? { cookie: this.cookie } : {};
  }

  get(path) {
    return fetch(this.url + path, { headers: this.headers(), redirect: "manual" });
  }

  /** Posts a form as a browser does from a page of the portal. `fields` is an object, or FormData with files. */
  async post(path, fields) {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const headers = { ...this.headers(), origin: this.url };
    const answer = await fetch(this.url + path, { method: "POST", headers, body, redirect: "manual" });
    await answer.arrayBuffer();
    return answer;
  }

  /** Returns the paths of the records to which a list links, in the order of the list. */
  async records(list) {
    const answer = await this.get(list);
    const text = await answer.text();
    const links = text.matchAll(new RegExp(`href="(${list.split("?")[0]}/[0-9a-f]{8}-[0-9a-f-]{27})"`, "g"));
    const records = [...new Set([...links].map((link) => link[1]))];
    if (records.length === 0) throw new Error(`${list} answered ${answer.status} and has no link to a record`);
    return records;
  }

  async firstRecord(list) {
    return (await this.records(list))[0];
  }
}

/** Returns the percentile `part` (such as 0.99) of the values. */
export function percentile(values, part) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
