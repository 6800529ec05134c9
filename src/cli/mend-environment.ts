import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'

/** Folders of the person. What is relative has to be passed over, by the XDG Base Directory Specification. */
const FOLDERS = ['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'HOME'] as const

/**
 * Leaves out folders that are none: relative to whatever folder a process stands in, one start would not find the library of another.
 * The home folder is then the one that the system has for the person. It comes first of all, since modules look when they are loaded.
 */
export const mendEnvironment = (environment: NodeJS.ProcessEnv = process.env): void => {
  for (const name of FOLDERS) if (!isAbsolute(environment[name] ?? '')) delete environment[name]
  if (process.platform === 'win32' || environment.HOME !== undefined) return
  try {
    environment.HOME = homedir()
  } catch {
    // A user that the system does not know has none; that nothing can be kept is told by whoever opens the library.
    environment.HOME = '/'
  }
}
