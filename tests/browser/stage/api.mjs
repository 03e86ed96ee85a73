// The API, asked in the name of whoever is signed in: to arrange what a story is not about, and to
// look at what came of it.
import assert from "node:assert/strict";

export class Api {
  /** `context` is the browser's: its cookies say who asks. */
  constructor(home, context) {
    this.base = `${home}/api/v1`;
    this.context = context;
  }

  read(path) {
    return this.#ask("GET", path);
  }

  send(path, body = null, method = "POST") {
    return this.#ask(method, path, body);
  }

  /** Sends what may be refused: status and body of the answer. */
  async tries(path, body = null, method = "POST") {
    const answer = await this.context.request.fetch(`${this.base}${path}`, {
      method,
      data: body,
      headers: { "X-Linecard": "1" },
    });
    const text = await answer.text();
    return { status: answer.status(), body: text ? JSON.parse(text) : null };
  }

  async #ask(method, path, data) {
    const { status, body } = await this.tries(path, data, method);
    const words = `${method} ${path}: ${status} ${JSON.stringify(body)}`;
    assert.ok(status >= 200 && status < 300, words);
    return body;
  }
}
