import { UserError } from '../../core/support/user-error.ts'

const SCHEMES: readonly string[] = ['postgres:', 'postgresql:']
/** A socket of the file system has no host. */
const OF_THIS_MACHINE: readonly string[] = ['', 'localhost', '127.0.0.1', '[::1]']
/** Those that say how the connection is protected; the rest falls back to plain text by itself. */
const SAID: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify']

const parsed = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !SCHEMES.includes(url.protocol))
    throw new UserError('CATALOGUE_URL_INVALID', 'The address of a catalogue begins with postgres://.')
  return url
}

/** The address without what lets anyone in. */
export const withoutSecrets = (text: string): string => {
  const url = parsed(text)
  return `${url.protocol}//${url.host}${url.pathname}`
}

/**
 * The address of a catalogue. Beyond this machine it must say how the connection is protected, since passwords and music would otherwise
 * cross a network in plain text without anybody having decided that.
 * @throws CATALOGUE_URL_INVALID
 */
export const catalogueUrl = (text: string): string => {
  const url = parsed(text)
  const mode = url.searchParams.get('sslmode')
  if (!OF_THIS_MACHINE.includes(url.hostname) && (mode === null || !SAID.includes(mode)))
    throw new UserError(
      'CATALOGUE_URL_INVALID',
      `${url.host} is another machine: the address must say how the connection is protected, with sslmode=verify-full, or sslmode=disable on a network of your own.`,
    )
  return text
}
