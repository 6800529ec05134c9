import type { Command } from 'commander'
import { sectionDocuments } from '../analysis-document.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { sectionLines, WITHOUT_FORM } from '../section-lines.ts'

type Options = { readonly model?: number }

export const classify = (cli: Cli): Command =>
  cli
    .command({
      name: 'classify',
      description:
        'Find the sections of a track in the library, or of any audio file, with the active version or the shipped model.',
      examples: ['algiers classify "Summer Nights"', 'algiers classify ~/Downloads/new.flac --model v2 --json'],
    })
    .argument('<track>', 'id, path or name of a track, or a file')
    .option('--model <version>', 'use this model version instead of the active one', parseModelVersion)
    .action(
      cli.run(async (terminal, options: Options, reference: string) =>
        cli.withApp(async (app) => {
          const { version, scope, reading } = await withProgressBar(terminal, 'Classify', () =>
            app.reading.readTrackOrFile(reference, {
              signal: terminal.signal,
              ...(options.model === undefined ? {} : { version: options.model }),
            }),
          )
          const sections = sectionDocuments(reading.sections, reading)
          const { trackId, title, path, durationSeconds } = reading
          terminal.result(
            {
              track_id: trackId,
              title,
              file: path,
              duration_seconds: durationSeconds,
              model_version: version,
              scope,
              sections,
            },
            () => [
              `${printable(title)} (${version === 0 ? 'the shipped model' : `v${version}`}${scope === null ? '' : `, for ${printable(scope.name)}`})`,
              ...sectionLines(sections, reading.grid),
            ],
          )
          if (reading.withoutForm) terminal.note(WITHOUT_FORM)
        }),
      ),
    )
