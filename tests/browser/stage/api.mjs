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

  async #ask(method, path, data) {
    const answer = await this.context.request.fetch(`${this.base}${path}`, {
      method,
      data,
      headers: { "X-Linecard": "1" },
    });
    const text = await answer.text();
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
