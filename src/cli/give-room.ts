import { setFlagsFromString } from 'node:v8'
import { withCommand } from './with-command.ts'

/** What measures a library or files and then ends; a server begins sparingly instead. */
const MEASURING: readonly string[] = ['analyze', 'library']

/**
 * Has the threads of such a command look for garbage only from so many megabytes on. The engine's own limit lies just above what a thread
 * holds at rest, so that it was reached several times a track, for a tenth of the processor time (decision 0061).
 */
const ROOM = '--initial-old-space-size=64'

/** Threads that are started from here on have room. */
export const giveRoom = (args: readonly string[]): void => {
  if (MEASURING.includes(withCommand(args)[0]!)) setFlagsFromString(ROOM)
}
