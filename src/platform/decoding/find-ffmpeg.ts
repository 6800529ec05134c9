import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // It is missing or this user may not run it; the next folder may have one.
    return false
  }
}

/** What is started by a double-click on a Mac gets a PATH without the folders of Homebrew, its older one, and MacPorts. */
const MAC_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'] as const

/** @returns the path of `ffmpeg` on the PATH, or where a Mac has it, null when there is none. */
export const findFfmpeg = (
  searchPath = process.env.PATH ?? '',
  macFolders: readonly string[] = process.platform === 'darwin' ? MAC_FOLDERS : [],
): string | null => {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  for (const folder of [...searchPath.split(delimiter), ...macFolders]) {
    const candidate = join(folder, name)
    if (folder !== '' && isExecutable(candidate)) return candidate
  }
  return null
}
