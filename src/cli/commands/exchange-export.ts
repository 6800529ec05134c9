import { type Command, Option } from 'commander'
import type { App } from '../../app.ts'
import { MERGE_MODES } from '../../core/interop/libraries/merge-cues.ts'
import { movedWords } from '../../core/interop/libraries/moved-words.ts'
import {
  CUE_PLACES,
  type CuePlace,
  type CuePlan,
  DEFAULT_CUE_PLAN,
  LEAD_IN_BARS,
} from '../../core/interop/libraries/plan-cues.ts'
import { isSectionFile } from '../../core/interop/libraries/section-file-traits.ts'
import {
  EXPORT_FORMAT_NAMES,
  type ExportFormatName,
  WRITTEN_LIBRARIES,
} from '../../core/interop/libraries/written-library-traits.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import type { ProgramExportReport } from '../../engine/exchange/program-export.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { parsePath } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { formatOption, parseColours, parseListed, parseLoops, parsePads } from '../cue-options.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { parseTracks } from '../track-filter.ts'
import { progressText } from './library-scan.ts'

type Options = {
  readonly format: ExportFormatName
  readonly output: string
  readonly sections?: boolean
  readonly as: CuePlace
  readonly kinds?: readonly SectionKind[]
  readonly names: string
  readonly pads: number
  readonly loops?: CuePlan['loop']
  readonly leadIn?: readonly number[]
  readonly mixPoints?: boolean
  readonly grid?: boolean
  readonly key?: boolean
  readonly playlists?: boolean
  readonly tracks?: Chosen
  readonly relative?: boolean
  readonly into?: string
  readonly mode: (typeof MERGE_MODES)[number]
  readonly inPlace?: boolean
  readonly colours?: Partial<Readonly<Record<SectionKind, string>>>
  readonly dryRun?: boolean
}

const planOf = ({
  as,
  kinds = SECTION_KINDS,
  names,
  pads,
  loops = null,
  leadIn = [],
  mixPoints = false,
  colours = {},
}: Options): CuePlan => ({
  ...DEFAULT_CUE_PLAN,
  place: as,
  kinds,
  nameTemplate: names,
  colours: { ...DEFAULT_CUE_PLAN.colours, ...colours },
  pads,
  loop: loops,
  leadInBars: leadIn,
  mixPoints,
})

type Chosen = { readonly ids: readonly number[] } | { readonly search: TrackSearch }

const parseChosen = (text: string): Chosen =>
  /^\d+(?:\s*,\s*\d+)*$/.test(text) ? { ids: text.split(',').map(Number) } : { search: parseTracks(text) }

/** @throws TRACK_NOT_FOUND where nothing fits */
const findTracks = async (app: App, chosen: Chosen): Promise<readonly number[]> => {
  if ('ids' in chosen) return chosen.ids
  const { tracks } = await app.collection.searchTracks(chosen.search)
  if (tracks.length === 0) throw new UserError('TRACK_NOT_FOUND', 'No track of the library fits.')
  return tracks.map(({ id }) => id)
}

const changeLines = ({ changes }: ProgramExportReport): readonly string[] =>
  changes === null
    ? []
    : [
        `Cues there: ${changes.cuesBefore} before, ${changes.cuesAfter} after; ${countText(changes.addedTracks, 'new track')}`,
        ...changes.changes.map(({ title, added, removed, leftOut, movedSeconds }) => {
          const names = added.map(({ name, pad }) => (pad === null ? name : `${'ABCDEFGH'[pad] ?? pad + 1} ${name}`))
          const kept = leftOut === 0 ? '' : `; ${leftOut} there already, or without a free pad`
          const moved = movedWords(movedSeconds)
          return printable(
            `  ${title}: -${removed} +${added.length}${names.length === 0 ? '' : ` (${names.join(', ')})`}${kept}${moved === null ? '' : `; ${moved}`}`,
          )
        }),
      ]

const reportLines = (report: ProgramExportReport): readonly string[] => {
  const { title } = WRITTEN_LIBRARIES[report.format]
  const marks = isSectionFile(report.format)
    ? countText(report.cues, 'section')
    : `${countText(report.cues, 'cue')}, ${countText(report.loops, 'loop')}`
  const verb = report.dryRun ? 'would be written' : 'written'
  const reasons = Map.groupBy(report.skipped, ({ reason, detail }) =>
    reason === 'tags not writable' ? `${reason} (${detail})` : reason,
  )
  return [
    `${countText(report.tracks)}, ${marks} ${verb} as ${title}: ${report.files.map(printable).join(', ')}`,
    ...(report.leftOut === 0
      ? []
      : [
          `${countText(report.leftOut, 'cue')} left out: ${report.changes === null ? 'no' : 'there already, or no'} pad or memory cue was left`,
        ]),
    ...[...reasons].map(([reason, tracks]) => `${countText(tracks.length)} left out: ${printable(reason)}`),
    ...changeLines(report),
    ...(report.dryRun || report.steps.length === 0
      ? []
      : [
          '',
          'Next:',
          ...report.steps.map((step, at) => `  ${at + 1}. ${step}`),
          ...report.traps.map((trap) => `  Note: ${trap}`),
        ]),
  ]
}

export const exchangeExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description:
        'Write sections as cues, beat grids and playlists for another DJ program, or as JSON, CSV, JAMS or Audacity labels, into a new file. Labels go first; a track without labels gets what your model reads.',
      examples: [
        'algiers exchange export --format rekordbox-xml --sections --grid --output ~/cues.xml',
        'algiers exchange export --format traktor-nml --sections --as both --lead-in 16,32 --output ~/cues.nml',
        'algiers exchange export --format serato --sections --grid --playlists --output ~/for-serato',
        'algiers exchange export --format json --output ~/sections.json',
        'algiers exchange export --format rekordbox-xml --sections --into ~/rekordbox.xml --output ~/new.xml --dry-run',
      ],
    })
    .addOption(formatOption(EXPORT_FORMAT_NAMES).makeOptionMandatory())
    .requiredOption('--output <path>', 'a file that is not there yet, or a folder', parsePath)
    .option('--sections', 'write sections as cues; JSON, CSV, JAMS and Audacity always have them')
    .addOption(
      new Option('--as <place>', 'sections as hot cues, memory cues, or both').choices(CUE_PLACES).default('hot'),
    )
    .option('--kinds <kinds>', 'only these, such as intro,drop,outro', (text: string) =>
      parseListed(SECTION_KINDS, text),
    )
    .option('--names <template>', 'names of cues, with {Kind}, {kind}, {n} and {bars}', DEFAULT_CUE_PLAN.nameTemplate)
    .option(
      '--colours <colours>',
      'colours of kinds, such as drop=#ff0000,break=#00ff00; the program gets the nearest that it has',
      parseColours,
    )
    .option(
      '--pads <number>',
      'how many pads to use; where sections are more, the most important are taken',
      parsePads,
      DEFAULT_CUE_PLAN.pads,
    )
    .option('--loops <bars>', 'loops of the first or last bars of a section, such as first-8 or last-16', parseLoops)
    .option('--lead-in <bars>', 'memory cues so many bars before each drop, such as 8,16,32', (text: string) =>
      parseListed(LEAD_IN_BARS, text),
    )
    .option('--mix-points', 'memory cues where to mix in and out')
    .option('--grid', 'write beat grids')
    .option('--key', 'write keys')
    .option('--playlists', 'write a playlist of all, and one for each of your tags')
    .option(
      '--tracks <filter>',
      'only some tracks: words, ids such as 3,17, or a filter such as genre=techno&bpm_min=125',
      parseChosen,
    )
    .option('--relative', 'paths in M3U8 count from the playlist')
    .option(
      '--into <file>',
      'write a copy of this file of the program, with the cues in it; the file itself stays as it is',
      parsePath,
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'with --into, and for serato: add cues where there are none, or replace those of the written tracks',
      )
        .choices(MERGE_MODES)
        .default('extend'),
    )
    .option(
      '--in-place',
      'only for serato: write into the files of your library themselves; the output folder keeps what they had before',
    )
    .option('--dry-run', 'write nothing and say what would be written')
    .action(
      cli.run(async (terminal, options: Options) =>
        cli.withApp(async (app) => {
          const {
            format,
            output,
            grid = false,
            key = false,
            playlists = false,
            relative = false,
            into = null,
            mode,
          } = options
          const report = await withProgressBar(terminal, 'Export', async (update) =>
            app.exchange.exportToProgram(
              {
                format,
                output,
                plan: options.sections === true || isSectionFile(format) ? planOf(options) : null,
                grid,
                key,
                playlists,
                trackIds: options.tracks === undefined ? null : await findTracks(app, options.tracks),
                relative,
                into,
                mode,
                inPlace: options.inPlace ?? false,
                dryRun: options.dryRun ?? false,
              },
              {
                signal: terminal.signal,
                onProgress: (progress) => update(progress.done / Math.max(1, progress.total), progressText(progress)),
              },
            ),
          )
          terminal.result(snakeCase(report), () => reportLines(report))
        }),
      ),
    )
