import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const QUOTED = /^(["'])(.*)\1$/s

const pathOfUrl = (url: string): string => {
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}

/**
 * The path that a person means who pastes what a file manager or a terminal has copied: in quotes, from the home folder (`~`), as
 * `file://` address, or as it is.
 * @returns absolute
 */
export const typedFolder = (text: string): string => {
  const plain = text.trim().replace(QUOTED, '$2')
  if (/^file:\/\//i.test(plain)) return resolve(pathOfUrl(plain))
  return resolve(/^~(?=$|[/\\])/.test(plain) ? join(homedir(), plain.slice(1)) : plain)
}
