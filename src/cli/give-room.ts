import { setFlagsFromString } from 'node:v8'
import { withCommand } from './with-command.ts'

/** What measures a library or files and then ends; a server begins sparingly instead. */
const MEASURING: readonly string[] = ['analyze', 'library']

/**
 * Has the threads of such a command look for garbage only from so many megabytes on. The engine's own limit lies just above what a thread
 * holds at rest, so that it was reached several times a track, for a tenth of the processor time (decision 0061).
 */
const ROOM = '--initial-old-space-size=64'

/**
 * Leaves out the slower of the engine's two compilers, which takes longer over what a track needs than it saves in a few of them
 * (decision 0073).
 */
const QUICK = '--no-turbofan'
/** From so many files on it saves what it takes. */
const MANY_FILES = 3

const isShort = ([command, ...rest]: readonly string[]): boolean =>
  command === 'analyze' && rest.filter((word) => !word.startsWith('-')).length < MANY_FILES

/** Threads that are started from here on have room, and those that end soon begin quickly. */
export const giveRoom = (args: readonly string[]): void => {
  const words = withCommand(args)
  if (!MEASURING.includes(words[0]!)) return
  setFlagsFromString(ROOM)
  if (isShort(words)) setFlagsFromString(QUICK)
}
