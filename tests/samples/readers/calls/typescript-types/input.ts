import type { Options } from "./options";
import { type Session, type User } from "./session";
import { type Key, sign } from "./keys";
import * as net from "node:net";
export type { Options } from "./options";

export function open(key: Key, user: User): Session {
  return sign(key, net.connect(1));
}
