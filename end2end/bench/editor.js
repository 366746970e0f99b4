// A Yjs client that edits a design's brief over WebSocket.
import { once } from "node:events";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";

const SYNC = 0;
const BRIEF = "brief";
/** When each edit was made, by client id and clock. All editors run in this process. */
const editTimes = new Map();

export class Editor {
  /** Called with the time of the edit when another editor's edit arrives. */
  onRemote = () => {};
  #document = new Y.Doc();

  static async join(url, design, cookie) {
    const editor = new Editor();
    const headers = { cookie, origin: url };
    editor.socket = new WebSocket(`${url.replace("http", "ws")}/sync/${design}`, { headers });
    editor.socket.binaryType = "arraybuffer";
    const synced = new Promise((resolve, reject) => {
      editor.synced = resolve;
      editor.socket.once("close", (code, reason) => reject(new Error(`the room closed: ${code} ${reason}`)));
      editor.socket.once("error", reject);
    });
    synced.catch(() => {});
    editor.socket.on("message", (data) => editor.#receive(new Uint8Array(data)));
    await Promise.race([once(editor.socket, "open"), synced]);
    editor.#document.on("update", (update, origin) => editor.#send(update, origin));
    editor.#write((encoder) => sync.writeSyncStep1(encoder, editor.#document));
    await synced;
    return editor;
  }

  get text() {
    return this.#document.getText(BRIEF).toString();
  }

  type() {
    const brief = this.#document.getText(BRIEF);
    this.#document.transact(() => {
      // Removes the oldest text, because the brief's length is limited.
      if (brief.length > 1000) brief.delete(0, 1);
      brief.insert(brief.length, "ї");
    });
  }

  leave() {
    this.socket.removeAllListeners("close");
    this.socket.close();
  }

  #send(update, origin) {
    if (origin === this) return;
    const { clientID, store } = this.#document;
    editTimes.set(`${clientID} ${Y.getState(store, clientID)}`, performance.now());
    this.#write((encoder) => sync.writeUpdate(encoder, update));
  }

  #receive(frame) {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== SYNC) return;
    const kind = decoding.peekVarUint(decoder);
    if (kind === sync.messageYjsUpdate) this.#reportEdits(decoding.clone(decoder));
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, SYNC);
    sync.readSyncMessage(decoder, encoder, this.#document, this);
    if (encoding.length(encoder) > 1) this.socket.send(encoding.toUint8Array(encoder));
    if (kind === sync.messageYjsSyncStep2) this.synced();
  }

  /** Calls `onRemote` for each edit in an update; the server may merge several edits into one update. */
  #reportEdits(decoder) {
    decoding.readVarUint(decoder);
    const { structs } = Y.decodeUpdate(decoding.readVarUint8Array(decoder));
    for (const { id, length } of structs) {
      for (let edit = 1; edit <= length; edit += 1) {
        const sent = editTimes.get(`${id.client} ${id.clock + edit}`);
        if (sent !== undefined) this.onRemote(sent);
      }
    }
  }

  #write(fill) {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, SYNC);
    fill(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }
}
