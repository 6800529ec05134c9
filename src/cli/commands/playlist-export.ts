import type { Command } from 'commander'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { WRITTEN_LIBRARY_NAMES, type WrittenLibraryName } from '../../core/interop/libraries/written-library-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parsePath } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { formatOption } from '../cue-options.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { progressText } from './library-scan.ts'

type Options = {
  readonly format: WrittenLibraryName
  readonly output: string
  readonly sections?: true
  readonly grid?: true
  readonly key?: true
  readonly relative?: true
  readonly dryRun?: true
}

export const playlistExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description:
        'Write one playlist for another DJ program, into a new file; a smart one with the tracks that it finds now.',
      examples: [
        'algiers playlist export Friday --output ~/Friday.m3u8',
        'algiers playlist export Friday --format rekordbox-xml --sections --grid --output ~/friday.xml',
      ],
    })
    .argument('<playlist>', 'its number or name')
    .addOption(formatOption(WRITTEN_LIBRARY_NAMES).default('m3u8'))
    .requiredOption('--output <path>', 'a file that is not there yet, or a folder', parsePath)
    .option('--sections', 'write sections as cues')
    .option('--grid', 'write beat grids')
    .option('--key', 'write keys')
    .option('--relative', 'paths in M3U8 count from the playlist')
    .option('--dry-run', 'write nothing and say what would be written')
    .action(
      cli.run(async (terminal, options: Options, reference: string) =>
        cli.withApp(async (app) => {
          const { format, output, sections, grid = false, key = false, relative = false, dryRun = false } = options
          const playlist = await playlistOf(app, reference)
          const report = await withProgressBar(terminal, 'Export', (update) =>
            app.exchange.exportToProgram(
              {
                format,
                output,
                plan: sections ? DEFAULT_CUE_PLAN : null,
                grid,
                key,
                playlists: false,
                trackIds: null,
                playlist: playlist.id,
                relative,
                into: null,
                mode: 'extend',
                inPlace: false,
                dryRun,
              },
              {
                signal: terminal.signal,
                onProgress: (progress) => update(progress.done / Math.max(1, progress.total), progressText(progress)),
              },
            ),
          )
          terminal.result(snakeCase(report), () => [
            `${printable(playlist.name)}: ${countText(report.tracks)} ${dryRun ? 'would be written' : 'written'} to ${report.files.map(printable).join(', ')}`,
            ...report.skipped.map(({ title, reason }) => `Left out: ${printable(title)} (${reason})`),
          ])
        }),
      ),
    )
