import { randomBytes } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { diskEffects } from './disk-effects.ts'

const FILE_NAME = 'token'
const TOKEN_BYTES = 32
const TOKEN = /^[\w-]{43}$/
/** What group and others may do. */
const OTHERS = 0o077

const unavailable = (detail: string, cause?: unknown): UserError =>
  new UserError('TOKEN_UNAVAILABLE', detail, {}, cause)

const writeToken = (path: string): string => {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const partial = `${path}.partial`
  try {
    // What lies there may be open to others, or a link: it is written anew.
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
  // Windows has no such bits: there the folder of the user is the user's.
  if (process.platform !== 'win32' && (status.mode & OTHERS) !== 0)
    throw unavailable(`${path} can be read by others on this machine.`)
  const token = readFileSync(path, 'utf8').trim()
  if (!TOKEN.test(token)) throw unavailable(`${path} holds no token.`)
  return token
}

/**
 * What a client from the network must know: made at the first call and kept in the data directory, for the user's eyes only, so
 * that a browser that was let in once stays so. Where it cannot be kept or trusted there is none: nobody is let in without.
 * @param renew makes another; whoever has the old one is out
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
    throw error instanceof UserError ? error : unavailable(`${path}: ${code}`, error)
  }
}
