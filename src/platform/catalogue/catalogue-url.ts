import { UserError } from '../../core/support/user-error.ts'

const SCHEMES: readonly string[] = ['postgres:', 'postgresql:']
/** A socket of the file system has no host. */
const OF_THIS_MACHINE: readonly string[] = ['', 'localhost', '127.0.0.1', '[::1]', '::1']
/** Those that say how the connection is protected; the rest falls back to plain text by itself. */
const SAID: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify']
/** The client checks the name in the certificate with each of them, and would say so on every start. */
const VERIFIED: readonly string[] = ['require', 'verify-ca']

/** What is checked here; the client would take the last one of several. */
const READ_ONCE: readonly string[] = ['host', 'port', 'sslmode']

/** What a password may not be written with: behind it the rest would be read as another part of the address. */
const UNENCODED =
  'The address cannot be read. In a name or a password, write / as %2F, ? as %3F, # as %23 and @ as %40.'

const parsed = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !SCHEMES.includes(url.protocol))
    throw new UserError(
      'CATALOGUE_URL_INVALID',
      /^postgres(?:ql)?:/i.test(text.trim()) ? UNENCODED : 'The address of a catalogue begins with postgres://.',
    )
  if (url.hash !== '' || `${url.pathname}${url.search}`.includes('@'))
    throw new UserError('CATALOGUE_URL_INVALID', UNENCODED)
  const twice = READ_ONCE.find((name) => url.searchParams.getAll(name).length > 1)
  if (twice !== undefined)
    throw new UserError('CATALOGUE_URL_INVALID', `The address says more than once what ${twice} is.`)
  return url
}

/** Where the database lies: a parameter of that name counts more than the place before the path. */
const hostOf = (url: URL): string => {
  const named = url.searchParams.get('host')
  if (!named) return url.host
  const port = url.searchParams.get('port') ?? url.port
  return port === '' ? named : `${named}:${port}`
}

const isOfThisMachine = (url: URL): boolean => {
  const named = url.searchParams.get('host')
  return named ? named.startsWith('/') || OF_THIS_MACHINE.includes(named) : OF_THIS_MACHINE.includes(url.hostname)
}

/** The address without what lets anyone in. @throws CATALOGUE_URL_INVALID */
export const withoutSecrets = (text: string): string => {
  const url = parsed(text)
  return `${url.protocol}//${hostOf(url)}${url.pathname}`
}

/**
 * The address of a catalogue. Beyond this machine it must say how the connection is protected, since passwords and music would otherwise
 * cross a network in plain text without anybody having decided that.
 * @throws CATALOGUE_URL_INVALID
 */
export const catalogueUrl = (text: string): string => {
  const url = parsed(text)
  const mode = url.searchParams.get('sslmode')
  if (!isOfThisMachine(url) && (mode === null || !SAID.includes(mode)))
    throw new UserError(
      'CATALOGUE_URL_INVALID',
      `${hostOf(url)} is another machine: the address must say how the connection is protected, with sslmode=verify-full, or sslmode=disable on a network of your own.`,
    )
  const isLenient = url.searchParams.get('uselibpqcompat') === 'true'
  return mode !== null && VERIFIED.includes(mode) && !isLenient
    ? text.replace(`sslmode=${mode}`, 'sslmode=verify-full')
    : text
}
