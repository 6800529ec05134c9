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

/** @returns the path of `ffmpeg` on the PATH, null when there is none. */
export const findFfmpeg = (searchPath = process.env.PATH ?? ''): string | null => {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  for (const folder of searchPath.split(delimiter)) {
    const candidate = join(folder, name)
    if (folder !== '' && isExecutable(candidate)) return candidate
  }
  return null
}
