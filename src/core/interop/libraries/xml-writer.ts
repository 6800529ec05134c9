/** Elements as other programs expect them: attributes in their order, one element a line. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
/** What no escape brings into XML 1.0. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are meant
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Whether a text comes out as it went in: half a character, or one that XML forbids, is lost on the way. */
export const isWrittenWhole = (text: string): boolean => text.isWellFormed() && text.search(FORBIDDEN) < 0

const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!)

export type XmlElement = {
  readonly name: string
  /** Those without a value are left out. */
  readonly attributes: Readonly<Record<string, string | number | null>>
  readonly children?: readonly XmlElement[]
  /** Written as `<X></X>` where it has no children, as Traktor does. */
  readonly isOpen?: boolean
}

const INDENT = '  '

/** @returns lines without an end of line after the last one */
export const formatXml = (element: XmlElement, depth = 0): string => {
  const { name, attributes, children = [], isOpen = false } = element
  const indent = INDENT.repeat(depth)
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === null ? [] : ` ${key}="${escapeXml(String(value))}"`))
    .join('')
  if (children.length === 0) return `${indent}<${name}${written}${isOpen ? `></${name}>` : '/>'}`
  const inner = children.map((child) => formatXml(child, depth + 1)).join('\n')
  return `${indent}<${name}${written}>\n${inner}\n${indent}</${name}>`
}

/** Playlists in their folders, as programs nest them. */
export type FolderTree<Playlist> = {
  readonly name: string
  readonly folders: readonly FolderTree<Playlist>[]
  readonly playlists: readonly Playlist[]
}

/** Folders of one name in one place are one. */
export const folderTree = <Playlist extends { readonly folders: readonly string[] }>(
  name: string,
  playlists: readonly Playlist[],
  depth = 0,
): FolderTree<Playlist> => {
  const inside = Map.groupBy(
    playlists.filter(({ folders }) => folders.length > depth),
    ({ folders }) => folders[depth]!,
  )
  return {
    name,
    folders: [...inside].map(([folder, within]) => folderTree(folder, within, depth + 1)),
    playlists: playlists.filter(({ folders }) => folders.length === depth),
  }
}
