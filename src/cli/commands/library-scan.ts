import type { Command } from 'commander'
import { LEFT_OUT_WORDS } from '../../core/library/left-out.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { LibraryScan } from '../../engine/collection/scan-library.ts'
import type { JobProgress } from '../../engine/kit/workspace.ts'
import type { Cli } from '../cli.ts'
import { failureLines } from '../failure-lines.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'

type Options = { readonly analyse: boolean; readonly newGrids?: boolean }

export const progressText = ({ stage, done, total, item }: JobProgress): string =>
  total === 0 ? `${stage} ${item ?? ''}` : `${stage} ${done}/${total} ${item ?? ''}`

const summary = (scan: LibraryScan): readonly string[] => [
  ...scan.roots.map((root) =>
    root.offline
      ? `${printable(root.root)}: offline, nothing was changed`
      : `${printable(root.root)}: ${countText(root.filesFound, 'file')}, ${countText(root.tracksAdded, 'new track')}, ${root.filesMissing} missing${root.filesIgnored > 0 ? `, ${root.filesIgnored} ignored` : ''}`,
  ),
  [
    `${scan.analysed} analysed`,
    `${scan.upToDate} up to date`,
    `${scan.unreachable} not reachable`,
    ...(scan.leftAlone > 0 ? [`${scan.leftAlone} still cannot be analysed`] : []),
    ...(scan.tracksForgotten > 0 ? [`${scan.tracksForgotten} gone with their files`] : []),
  ].join(', '),
]

/** Names what was passed over, by reason. */
const leftOutLines = ({ roots }: LibraryScan): readonly string[] =>
  roots.flatMap(({ root, leftOut }) =>
    leftOut.flatMap(({ reason, count, files }) => {
      const { what, hint } = LEFT_OUT_WORDS[reason]
      const more = count > files.length ? ` and ${count - files.length} more` : ''
      const named = `${printable(root)}: passed over ${countText(count, 'file')} (${what}): ${files.map(printable).join(', ')}${more}`
      return hint === null ? [named] : [named, `  ${hint}`]
    }),
  )

export const libraryScan = (cli: Cli): Command =>
  cli
    .command({
      name: 'scan',
      description: 'Find new, changed, moved and missing files in all folders, and analyse what is new or out of date.',
      examples: ['algiers library scan', 'algiers library scan --no-analyse --json'],
    })
    .option('--no-analyse', 'only look at the files')
    .option(
      '--new-grids',
      'estimate all grids again that were not edited by hand; labels keep their place in the music',
    )
    .action(
      cli.run(async (terminal, options: Options) =>
        cli.withApp(async (app) => {
          const scan = await withProgressBar(terminal, 'Scan', (update) =>
            app.collection.scan({
              analyse: options.analyse,
              newGrids: options.newGrids ?? false,
              signal: terminal.signal,
              onProgress: (progress, fraction) => update(fraction, progressText(progress)),
            }),
          )
          terminal.result(snakeCase(scan), () => summary(scan))
          for (const line of [...failureLines(scan.failures), ...leftOutLines(scan)]) terminal.note(line)
          return scan.failures.length > 0 ? 3 : 0
        }),
      ),
    )
