import type { LibraryFormatName } from './library-format.ts'

/** Formats that tell their own version, which is none that people know their program by. */
const WITH_VERSION_OF_ITS_OWN: ReadonlySet<LibraryFormatName> = new Set(['traktor-nml', 'engine'])

type Told = {
  readonly format: LibraryFormatName
  readonly program: string
  readonly version: string | null
  readonly title: string
}

/** A library as people know it: "rekordbox 7.0.9" and "rekordbox XML", but "Traktor" and "Traktor NML 19". */
export const libraryTitle = ({
  format,
  program,
  version,
  title,
}: Told): { readonly name: string; readonly kind: string } => {
  const told = version === null ? '' : ` ${version}`
  return WITH_VERSION_OF_ITS_OWN.has(format)
    ? { name: program, kind: title + told }
    : { name: program + told, kind: title }
}
