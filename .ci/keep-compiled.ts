/** Loaded by every Node process that tests start: most of them are killed, and would keep nothing of what they have compiled for the next one. */
import { flushCompileCache } from 'node:module'

/** By then most programs have loaded all that they load at once. */
const LOADED_MS = 2000

setTimeout(flushCompileCache, LOADED_MS).unref()
