/** Where programs say that audio lies, as file URLs of their own making or as paths. */
import type { ForeignLocation } from './foreign-library.ts'

/** Two letters at least: one is the drive of a Windows. */
const SERVICE = /^\/?([a-z][a-z0-9-]+):[\w:-]+$/i
/** rekordbox writes "file://localhostsoundcloud:tracks:1". */
const LOCALHOST = /^(?:localhost(?=$|[^.\w-]|[a-z][a-z0-9-]*:)|127\.0\.0\.1(?=\/))/i
/** How Macs and Linux write a folder of another machine. */
const SHARE = /^(?:smb|cifs|afp|nfs):(?=\/\/[^/])/i
/** Windows lets paths be longer with these in front. */
const LONG_PATH = /^\/\/[?.]\/(UNC\/)?/i
/** What Java writes: one slash, or three. */
const SHORT_FILE_URL = /^file:\/(?!\/)/i
const WEB = /^(?:https?|spotify|tidal|beatport):\/\/([^/?#]*)/i
const FILE_URL = /^file:\/\//i
const WINDOWS_PATH = /^(?:[A-Za-z]:[\\/]|\\\\)/
/** How drives were written in the first URLs. */
const DRIVE_WITH_BAR = /^\/*([A-Za-z])\|(?=[\\/])/
const SLASH_BEFORE_DRIVE = /^\/+(?=[A-Za-z]:(?:[\\/]|$))/

/** rekordbox leaves `#` and `?` raw and other programs leave everything raw: a URL parser would cut the path there. */
const decodeText = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Some programs encode all but the percent sign: around one of a name, what can be decoded is. */
export const decodeSegment = (segment: string): string =>
  decodeText(segment) ?? segment.replaceAll(/(?:%[0-9a-f]{2})+/gi, (letters) => decodeText(letters) ?? letters)

const streamed = (service: string): ForeignLocation => ({
  path: null,
  from: 'nowhere',
  streaming: service.toLowerCase(),
})

const UNKNOWN: ForeignLocation = { path: null, from: 'nowhere', streaming: null }

/** Elsewhere a backslash is a letter of a name. */
const forwardSlashes = (path: string): string => (WINDOWS_PATH.test(path) ? path.replaceAll('\\', '/') : path)

const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:(?:\/|$)/.test(path)

const STEP = /\/\.{1,2}(?=\/|$)/

/** In one way: without what only lengthens it, with two slashes before a machine, and without steps upwards. */
const plainPath = (text: string): string => {
  const path = forwardSlashes(text)
    .replace(LONG_PATH, (_, isShare?: string) => (isShare === undefined ? '' : '//'))
    .replace(/^\/{3,}/, '//')
  if (!isAbsolute(path) || !STEP.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/'))
    if (part === '..') {
      if (parts.length > 1) parts.pop()
    } else if (part !== '.') parts.push(part)
  return parts.join('/')
}

/** @param base what a relative path counts from */
export const locationOfPath = (text: string, base: 'library' | 'nowhere' = 'nowhere'): ForeignLocation => {
  if (text.trim() === '') return UNKNOWN
  const web = WEB.exec(text)
  if (web !== null) return streamed(web[1] || 'web')
  const service = SERVICE.exec(text)
  if (service !== null) return streamed(service[1]!)
  const path = plainPath(text.replace(SHARE, ''))
  return { path, from: isAbsolute(path) ? 'root' : base, streaming: null }
}

/** "file://localhost/D:/Music/a%20b.mp3"; a text that is no file URL is taken for a path. */
export const locationOfUrl = (written: string): ForeignLocation => {
  const text = written.replace(SHORT_FILE_URL, 'file:///')
  if (!FILE_URL.test(text)) return locationOfPath(SHARE.test(text) ? decodeSegment(text) : text)
  const rest = text.slice('file://'.length).replace(LOCALHOST, '')
  const decoded = rest.split('/').map(decodeSegment).join('/')
  if (decoded === '') return UNKNOWN
  const service = SERVICE.exec(decoded)
  if (service !== null) return streamed(service[1]!)
  const path = plainPath(decoded.replace(DRIVE_WITH_BAR, '$1:').replace(SLASH_BEFORE_DRIVE, ''))
  // The name of a server in a network of Windows; braces stand for a folder that somebody has to fill in.
  if (!isAbsolute(path)) return { path: path.startsWith('{') ? path : `//${path}`, from: 'root', streaming: null }
  return { path, from: 'root', streaming: null }
}
