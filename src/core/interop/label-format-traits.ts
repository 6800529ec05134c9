/** Facts about a format that need no reader or writer: its title for people, its names for files. */
export type LabelFormatTraits = {
  readonly name: string
  /** The name that people use. */
  readonly title: string
  readonly extension: `.${string}`
  /** Other endings of such files. */
  readonly alsoNamed?: readonly `.${string}`[]
  readonly mediaType: string
  /** Whether one file may hold several tracks. */
  readonly holdsMany: boolean
  /** False for a read-only format. */
  readonly isWritten: boolean
}

/**
 * Every label format, in the order in which it is offered. The page and the contract of the API take them from here, without the
 * code that reads and writes them, which `label-formats.ts` adds.
 */
export const LABEL_FORMAT_TRAITS = [
  {
    name: 'corpus',
    title: 'JSON',
    extension: '.json',
    mediaType: 'application/json',
    holdsMany: true,
    isWritten: true,
  },
  {
    name: 'jams',
    title: 'JAMS',
    extension: '.jams',
    mediaType: 'application/json',
    holdsMany: false,
    isWritten: true,
  },
  {
    name: 'audacity',
    title: 'Audacity',
    extension: '.txt',
    mediaType: 'text/plain; charset=utf-8',
    holdsMany: false,
    isWritten: true,
  },
  {
    name: 'csv',
    title: 'CSV',
    extension: '.csv',
    mediaType: 'text/csv; charset=utf-8',
    holdsMany: true,
    isWritten: true,
  },
  {
    name: 'sonic-visualiser',
    title: 'Sonic Visualiser',
    extension: '.svl',
    mediaType: 'application/xml',
    holdsMany: false,
    isWritten: false,
  },
  {
    name: 'lab',
    title: '.lab',
    extension: '.lab',
    // Sonic Visualiser exports the same lines under these names.
    alsoNamed: ['.tsv', '.csv', '.txt'],
    mediaType: 'text/plain; charset=utf-8',
    holdsMany: false,
    isWritten: false,
  },
  {
    name: 'reaper',
    title: 'REAPER regions',
    extension: '.csv',
    mediaType: 'text/csv; charset=utf-8',
    holdsMany: false,
    isWritten: false,
  },
] as const satisfies readonly LabelFormatTraits[]

type KnownTraits = (typeof LABEL_FORMAT_TRAITS)[number]
type WrittenTraits = Extract<KnownTraits, { readonly isWritten: true }>
export type LabelFormatName = KnownTraits['name']
/** The formats that labels can be written in. */
export type WrittenFormatName = WrittenTraits['name']

export const WRITTEN_FORMATS = LABEL_FORMAT_TRAITS.filter((traits): traits is WrittenTraits => traits.isWritten)
export const WRITTEN_FORMAT_NAMES = WRITTEN_FORMATS.map(({ name }) => name)

export const traitsOfFormat = (format: LabelFormatName): LabelFormatTraits =>
  LABEL_FORMAT_TRAITS.find(({ name }) => name === format)!

export const LABEL_FORMAT_NAMES = LABEL_FORMAT_TRAITS.map(({ name }) => name)

/** "JSON, JAMS … and REAPER regions": all that labels are read from. */
export const READ_FORMATS_TEXT = new Intl.ListFormat('en').format(LABEL_FORMAT_TRAITS.map(({ title }) => title))

/** The endings of files with labels, and of archives of them. */
export const READ_ENDINGS: readonly string[] = [
  ...new Set(
    LABEL_FORMAT_TRAITS.flatMap(({ extension, alsoNamed = [] }: LabelFormatTraits) => [extension, ...alsoNamed]),
  ),
  '.zip',
]
