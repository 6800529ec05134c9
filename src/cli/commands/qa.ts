import type { Command } from 'commander'
import { flagText } from '../../core/quality/flag-words.ts'
import type { QualityFlag, TimeSpan } from '../../core/quality/quality-flag.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { clock } from '../../core/units/clock.ts'
import type { Cli } from '../cli.ts'
import { failureLines } from '../failure-lines.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'

const MOST_SPANS = 3

const spanText = ({ startSeconds, endSeconds }: TimeSpan): string => `${clock(startSeconds)}–${clock(endSeconds)}`

const describe = ({ code, severity, value, spans, files = [] }: QualityFlag): string => {
  const places = spans.slice(0, MOST_SPANS).map(spanText).join(', ')
  const more = spans.length > MOST_SPANS ? ` and ${spans.length - MOST_SPANS} more` : ''
  const parts = [
    `${severity === 'warning' ? '!' : '·'} ${flagText({ code, value })}`,
    ...(places === '' ? [] : [`at ${places}${more}`]),
    ...files.map(printable),
  ]
  return `  ${parts.join('  ')}`
}

export const qa = (cli: Cli): Command =>
  cli
    .command({
      name: 'qa',
      description:
        'Look for faults in files, without a library: clipping, silence, hum, speech, noise, a missing end and others.',
      examples: ['algiers qa track.flac', 'algiers qa ~/Music/new/*.mp3 --json'],
    })
    .argument('<file...>', 'audio files')
    .action(
      cli.run(async (terminal, _options: object, files: readonly string[]) =>
        cli.withTools(async (tools) => {
          const outcomes = await withProgressBar(terminal, 'Checks', (update) =>
            tools.files.check(files, {
              signal: terminal.signal,
              onProgress: (done, file) => update(done / files.length, file),
            }),
          )
          const failures = outcomes.filter((outcome) => 'error' in outcome)
          const documents = outcomes.map((outcome) =>
            'error' in outcome ? outcome : { file: outcome.file, flags: outcome.flags },
          )
          const unheard = new Set(outcomes.flatMap((outcome) => ('unheard' in outcome ? (outcome.unheard ?? []) : [])))
          for (const reason of unheard) terminal.note(`Speech and noise were not looked for. ${reason}`)
          terminal.result(snakeCase(documents), () =>
            outcomes.flatMap((outcome) =>
              'error' in outcome
                ? []
                : [
                    printable(outcome.file),
                    ...(outcome.flags.length === 0 ? ['  nothing found'] : outcome.flags.map(describe)),
                  ],
            ),
          )
          for (const line of failureLines(failures)) terminal.note(line)
          return failures.length > 0 ? 3 : 0
        }),
      ),
    )
