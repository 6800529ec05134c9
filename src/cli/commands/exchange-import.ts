import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { alreadyThereWords } from '../../core/interop/libraries/already-there-words.ts'
import type { CueAnswer } from '../../core/interop/libraries/cue-meanings.ts'
import { GRID_CHOICES, type GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import { leftOutWords } from '../../core/interop/libraries/left-out-words.ts'
import { LIBRARY_FORMAT_NAMES, type LibraryFormatName } from '../../core/interop/libraries/library-format.ts'
import { libraryTitle } from '../../core/interop/libraries/library-title.ts'
import { offsetWords } from '../../core/interop/libraries/offset-words.ts'
import { UNMATCHED_WORDS } from '../../core/interop/libraries/unmatched-words.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { BringInJob } from '../../engine/exchange/bring-in.ts'
import type { BringInReport, LibraryReport } from '../../engine/exchange/bring-in-report.ts'
import { parsePath } from '../argument-parsers.ts'
import { askAboutCues, parseCueMeaning } from '../ask-about-cues.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'

type Options = {
  readonly format?: LibraryFormatName
  readonly grids: GridChoice
  readonly move?: readonly string[]
  readonly notes: boolean
  readonly playlists: boolean
  readonly deletedPlaylists?: boolean
  readonly dryRun?: boolean
  readonly map: readonly CueAnswer[]
  readonly questions: boolean
}

/** "D:/Music=/Volumes/Music" */
const moveOf = (text: string): { readonly from: string; readonly to: string } => {
  const [from = '', ...to] = text.split('=')
  return { from, to: to.join('=') }
}

const heldText = ({ tracks, cues, loops, phrases, grids, playlists }: LibraryReport): string =>
  [
    countText(tracks),
    countText(cues, 'cue'),
    countText(loops, 'loop'),
    countText(phrases, 'phrase'),
    countText(grids, 'beat grid'),
    countText(playlists, 'playlist'),
  ].join(', ')

const libraryLines = (report: LibraryReport, dryRun: boolean): readonly string[] => {
  const { source, matched, unmatchedBy, suggestions, suggestedTracks } = report
  const { name, kind } = libraryTitle(report)
  const written = dryRun ? 'would be suggested' : 'suggested'
  return [
    printable(`${name} (${kind}): ${source}`),
    `  holds ${heldText(report)}`,
    `  ${countText(matched)} in your library, ${report.unmatched} not`,
    ...unmatchedBy.map(({ reason, tracks }) => `    ${countText(tracks)} ${UNMATCHED_WORDS[reason]}`),
    ...(report.notAnalysed === 0
      ? []
      : [`  ${countText(report.notAnalysed)} not analysed yet: their sections are suggested once they are`]),
    `  ${countText(suggestions, 'section')} ${written} on ${countText(suggestedTracks)}`,
    ...(report.alreadyThere === 0 ? [] : [`  ${alreadyThereWords(report.alreadyThere)}`]),
    ...(report.noted === 0 ? [] : [`  ratings, colours, comments or play counts of ${countText(report.noted)}`]),
    ...(report.playlistsUpdated === 0
      ? []
      : [`  ${countText(report.playlistsUpdated, 'playlist')} of an earlier import brought up to date`]),
    ...(report.playlistsKept === 0
      ? []
      : [`  ${countText(report.playlistsKept, 'playlist')} that you have changed since left as they are`]),
    ...(report.playlistsDeleted === 0
      ? []
      : [`  ${countText(report.playlistsDeleted, 'playlist')} that you have deleted left out`]),
    ...(report.gridsTaken === 0 ? [] : [`  beat grids of ${countText(report.gridsTaken)} taken`]),
    ...(report.medianOffsetSeconds === null
      ? []
      : [
          `  cues of ${countText(report.offsetTracks)} moved by ${offsetWords(report.medianOffsetSeconds, report.offsetRangeSeconds ?? undefined)}`,
        ]),
    ...(report.offGrid === 0 ? [] : [`  ${countText(report.offGrid, 'cue')} off the grid`]),
    ...leftOutWords(report.outside, report.tooShort).map((words) => `  ${words}`),
    ...report.questions.map(({ name, colour, cues }) =>
      printable(`  not understood: ${name === null ? `the colour ${colour}` : `"${name}"`}, ${countText(cues, 'cue')}`),
    ),
    ...(report.unasked === 0 ? [] : [`  not understood: ${countText(report.unasked, 'rarer name')}`]),
    ...report.moves.map(({ from, to, tracks }) =>
      printable(
        `  add --move ${JSON.stringify(`${from}=${to}`)} to find ${countText(tracks, 'more track', 'more tracks')}`,
      ),
    ),
  ]
}

/** One document of fixed names; what is analysed anew is told by jobs. */
const documentOf = ({ regridded: _, ...report }: BringInReport) => snakeCase(report)

export const exchangeImport = (cli: Cli): Command =>
  cli
    .command({
      name: 'import',
      description:
        'Bring in a library of another DJ program: its cues become suggested sections, its playlists and ratings come along.',
      examples: [
        'algiers exchange import ~/Documents/rekordbox.xml --dry-run',
        'algiers exchange import /Volumes/USB --move "D:/Music=/Volumes/Music"',
        'algiers exchange import collection.nml --map "Ooze=break" --map "Shout=none"',
      ],
    })
    .argument('<path>', 'a file, a folder or a drive', parsePath)
    .addOption(new Option('--format <format>', 'recognised where left out').choices(LIBRARY_FORMAT_NAMES))
    .option('--dry-run', 'say what it holds and what would come of it, and change nothing')
    .addOption(
      new Option('--grids <which>', 'take the beat grids of the other program, too')
        .choices(GRID_CHOICES)
        .default('none'),
    )
    .option('--move <from=to...>', 'a folder of the other program, and where it lies here')
    .option(
      '--map <name=kind>',
      'what begins at cues of this name or colour, from now on; none for no section. May be given several times',
      parseCueMeaning,
      [],
    )
    .option('--no-questions', 'do not ask about names of cues that are not understood')
    .option('--no-notes', 'leave ratings, colours, comments and play counts')
    .option('--no-playlists', 'leave playlists')
    .option('--deleted-playlists', 'bring playlists again that you have deleted')
    .action(
      cli.run(
        async (
          terminal,
          { move = [], dryRun = false, deletedPlaylists: deleted = false, map, questions, ...options }: Options,
          path: string,
        ) => {
          const wanted = { ...options, deleted, path: resolve(path), moves: move.map(moveOf), answers: map }
          const isAlone = dryRun && !(await cli.withTools((tools) => tools.hasLibrary()))
          const { converse } = terminal
          const report = await withProgressBar(terminal, dryRun ? 'Looking through it' : 'Import', (update, aside) => {
            const job = {
              signal: terminal.signal,
              onProgress: ({ done, total }: { readonly done: number; readonly total: number }) =>
                update(total === 0 ? 0 : done / total, ''),
            }
            if (isAlone) return cli.withTools((tools) => tools.lookThrough(wanted, job))
            const ask: BringInJob['ask'] =
              dryRun || !questions || converse === null
                ? undefined
                : (libraries) => aside(() => converse((answer) => askAboutCues(answer, libraries)))
            return cli.withApp((app) => app.exchange.libraries.run(wanted, { ...job, isDryRun: dryRun, ask }))
          })
          terminal.result(documentOf(report), () => report.libraries.flatMap((one) => libraryLines(one, report.dryRun)))
          for (const { warnings } of report.libraries)
            for (const { text, place, count } of warnings)
              terminal.note(printable(`${text}${place === null ? '' : ` (${place})`}${count > 1 ? ` ×${count}` : ''}`))
          const isAllLost = report.libraries.every(({ matched, moves }) => matched === 0 && moves.length === 0)
          if (isAllLost && report.libraries.some((one) => one.unmatchedBy.some(({ reason }) => reason === 'not found')))
            terminal.note(
              'None of these tracks is in your library: add the folder of your music with `algiers library add FOLDER` first.',
            )
          const [open] = report.libraries.flatMap((one) => one.questions)
          if (open !== undefined) {
            const meaning = JSON.stringify(`${open.name ?? open.colour}=break`)
            terminal.note(
              printable(`Say what such a name or colour stands for with --map, for example --map ${meaning}.`),
            )
          }
          for (const { importId: id, suggestions, notAnalysed } of report.libraries)
            if (id !== null)
              terminal.note(
                suggestions + notAnalysed > 0
                  ? `Accept them with \`algiers exchange accept ${id}\`, or take it back with \`algiers exchange undo ${id}\`.`
                  : `Take it back with \`algiers exchange undo ${id}\`.`,
              )
          return 0
        },
      ),
    )
