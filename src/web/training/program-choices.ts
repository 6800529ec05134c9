/** What is written for another DJ program, as it is chosen in the dialog, and as the server is asked for it. */

import type { MergeMode } from '../../core/interop/libraries/merge-cues.ts'
import type { CuePlace } from '../../core/interop/libraries/plan-cues.ts'
import { DEFAULT_CUE_PLAN, LEAD_IN_BARS, LOOP_BARS } from '../../core/interop/libraries/plan-cues.ts'
import {
  LIBRARY_FILE_NAMES,
  type LibraryFileName,
  type WrittenLibraryName,
} from '../../core/interop/libraries/written-library-traits.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'

const LOOP_ENDS = ['start', 'end'] as const
/** "start-8": loops of the first eight bars. */
export const LOOPS = LOOP_ENDS.flatMap((at) => LOOP_BARS.map((bars) => `${at}-${bars}` as const))
export type LoopName = (typeof LOOPS)[number]
export const LEAD_INS = [0, ...LEAD_IN_BARS] as const
export const PADS = [8, 6, 4] as const
export const NAMES = [
  { template: '{Kind}', example: 'Drop' },
  { template: '{Kind} {n}', example: 'Drop 2' },
  { template: '{Kind} {bars}', example: 'Drop 16, with its bars' },
] as const
const SWITCH_NAMES = ['grid', 'key', 'mix_points', 'playlists'] as const
export type SwitchName = (typeof SWITCH_NAMES)[number]

export type ProgramChoices = {
  readonly format: WrittenLibraryName
  readonly place: CuePlace
  readonly kinds: readonly SectionKind[]
  readonly names: string
  readonly pads: number
  readonly loop: LoopName | null
  readonly leadIn: number
  readonly switches: readonly SwitchName[]
  /** Into a copy of a file of the program instead of a new one. */
  readonly isMerged: boolean
  readonly into: string
  readonly output: string
  readonly mode: MergeMode
}

export const FIRST_CHOICES: ProgramChoices = {
  format: 'rekordbox-xml',
  place: DEFAULT_CUE_PLAN.place,
  kinds: SECTION_KINDS,
  names: DEFAULT_CUE_PLAN.nameTemplate,
  pads: DEFAULT_CUE_PLAN.pads,
  loop: null,
  leadIn: 0,
  switches: [],
  isMerged: false,
  into: '',
  output: '',
  mode: 'extend',
}

const isFileName = (format: WrittenLibraryName): format is LibraryFileName =>
  LIBRARY_FILE_NAMES.some((name) => name === format)

const loopOf = (loop: LoopName | null) => {
  const bars = LOOP_BARS.find((one) => loop?.endsWith(`-${one}`))
  return loop === null || bars === undefined
    ? null
    : ({ bars, at: loop.startsWith('start') ? 'start' : 'end' } as const)
}

/** @returns where a file can be saved from; null where something has to be written on the machine of Algiers */
export const downloadQuery = ({ format, ...choices }: ProgramChoices) => {
  if (!isFileName(format) || choices.isMerged) return null
  const chosen = (name: SwitchName) => (choices.switches.includes(name) ? 'true' : 'false')
  return {
    format,
    place: choices.place,
    kinds: choices.kinds.join(','),
    names: choices.names,
    pads: choices.pads,
    lead_in_bars: choices.leadIn,
    ...(choices.loop === null ? {} : { loop: choices.loop }),
    grid: chosen('grid'),
    key: chosen('key'),
    mix_points: chosen('mix_points'),
    playlists: chosen('playlists'),
  } as const
}

/** "rekordbox.xml" becomes "rekordbox with Algiers.xml", beside it. */
const besideOf = (path: string): string => path.replace(/(\.[^./\\]+)?$/, ' with Algiers$1')

/** Where the new file or the copies go; empty while nobody has said so. */
export const targetOf = ({ isMerged, into, output }: ProgramChoices): string =>
  output.trim() || (isMerged && into.trim() !== '' ? besideOf(into.trim()) : '')

/** What the server is asked to write. */
export const exportBody = (choices: ProgramChoices, isDryRun: boolean) => {
  const { format, place, kinds, names, pads, loop, leadIn, switches, isMerged, into, mode } = choices
  return {
    format,
    output: targetOf(choices),
    sections: {
      place,
      kinds: [...kinds],
      name_template: names,
      pads,
      loop: loopOf(loop),
      lead_in_bars: LEAD_IN_BARS.filter((bars) => bars === leadIn),
      mix_points: switches.includes('mix_points'),
    },
    grid: switches.includes('grid'),
    key: switches.includes('key'),
    playlists: !isMerged && switches.includes('playlists'),
    into: isMerged ? into.trim() : null,
    mode,
    dry_run: isDryRun,
  }
}
