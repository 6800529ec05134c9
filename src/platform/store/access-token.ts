import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { diskEffects } from './disk-effects.ts'
import { readingFailure, readRegularFile } from './regular-file.ts'

const FILE_NAME = 'token'
const TOKEN_BYTES = 32
const MOST_FILE_BYTES = 1024
const TOKEN = /^[\w-]{43}$/
/** Permission bits of the group and of others. */
const OTHERS = 0o077

const unavailable = (detail: string, cause?: unknown): UserError =>
  new UserError('TOKEN_UNAVAILABLE', detail, {}, cause)

const writeToken = (path: string): string => {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const partial = `${path}.partial`
  try {
    // A file left there may be open to others or be a link, so the token is written to a new one.
    diskEffects.remove(partial)
    diskEffects.writeDurably(partial, Buffer.from(`${token}\n`))
    diskEffects.rename(partial, path)
    return token
  } catch (error) {
    throw unavailable(`${path}: ${(error as NodeJS.ErrnoException).code}`, error)
  }
}

const readToken = (path: string): string => {
  const status = lstatSync(path)
  if (!status.isFile()) throw unavailable(`${path} is no file.`)
  // Windows has no such bits; there the user's folder is private already.
  if (process.platform !== 'win32' && (status.mode & OTHERS) !== 0)
    throw unavailable(`${path} can be read by others on this machine.`)
  const token = readRegularFile(path, MOST_FILE_BYTES).toString('utf8').trim()
  if (!TOKEN.test(token)) throw unavailable(`${path} holds no token.`)
  return token
}

/**
 * The token that a client on the network must send. It is made at the first call and kept in the data directory, readable by the user
 * only, so that a browser that was let in once stays in. If it cannot be kept or trusted there is no token, and nobody is let in.
 * @param renew makes another token; the old one no longer works
 * @throws TOKEN_UNAVAILABLE
 */
export const accessToken = (dataDirectory: string, { renew = false }: { readonly renew?: boolean } = {}): string => {
  const path = join(dataDirectory, FILE_NAME)
  if (renew) return writeToken(path)
  try {
    return readToken(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return writeToken(path)
    throw error instanceof UserError ? error : unavailable(`${path}: ${readingFailure(error)}`, error)
  }
}
