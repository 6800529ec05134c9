import { type LabelFormatTraits, traitsOfFormat, type WrittenFormatName } from '../label-format-traits.ts'

/** Formats of sections as such, with their beginnings and ends: for scripts, sheets and editors of sound. */
export const SECTION_FILE_NAMES = ['json', 'csv', 'jams', 'audacity'] as const
export type SectionFileName = (typeof SECTION_FILE_NAMES)[number]
export const isSectionFile = (name: string): name is SectionFileName => SECTION_FILE_NAMES.some((one) => one === name)

/** The label format that each is. */
const LABEL_FORMATS: Readonly<Record<SectionFileName, WrittenFormatName>> = {
  json: 'corpus',
  csv: 'csv',
  jams: 'jams',
  audacity: 'audacity',
}
export const labelFormatOf = (name: SectionFileName): WrittenFormatName => LABEL_FORMATS[name]

const STEPS: Readonly<Partial<Record<SectionFileName, readonly string[]>>> = {
  audacity: ['In Audacity, open the track, choose File > Import > Labels, and choose the file of the same name.'],
}

type SectionFileTraits = Pick<LabelFormatTraits, 'title' | 'extension' | 'mediaType'> & {
  readonly name: SectionFileName
  readonly holdsCues: true
  readonly steps: readonly string[]
  readonly traps: readonly string[]
}

const traitsOf = (name: SectionFileName): SectionFileTraits => {
  const { title, extension, mediaType } = traitsOfFormat(LABEL_FORMATS[name])
  return { name, title, extension, mediaType, holdsCues: true, steps: STEPS[name] ?? [], traps: [] }
}

export const SECTION_FILES: Readonly<Record<SectionFileName, SectionFileTraits>> = {
  json: traitsOf('json'),
  csv: traitsOf('csv'),
  jams: traitsOf('jams'),
  audacity: traitsOf('audacity'),
}
