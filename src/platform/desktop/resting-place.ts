import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { parse } from 'node:path'

/**
 * The folder in which a process stands that goes on by itself: a drive that holds the current one could not be ejected. Where the home
 * folder cannot be entered, nothing could be started in it.
 */
export const restingPlace = (home = homedir()): string => {
  try {
    accessSync(home, constants.X_OK)
    return home
  } catch {
    // It is not there, as for users of the system, or its drive is away.
    return parse(process.execPath).root
  }
}
