import type { Command } from 'commander'
import { findingsDocument } from '../../api/views/teaching-document.ts'
import { spanText } from '../../core/labels/bar-text.ts'
import { countText } from '../../core/units/count-text.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'

type Options = { readonly limit: number; readonly quick?: true }

const SHOWN = 20

export const labelsCheck = (cli: Cli): Command =>
  cli
    .command({
      name: 'check',
      description: 'Find labels that may be wrong: by models that had not seen them, and by what their grids say.',
      examples: ['algiers labels check', 'algiers labels check --quick --limit 100'],
    })
    .option('--quick', 'list what is known, without comparing all labels anew')
    .option('--limit <count>', 'the most to list', parsePositiveInteger, SHOWN)
    .action(
      cli.run(async (terminal, { limit, quick }: Options) =>
        cli.withApp(async (app) => {
          const { teaching } = app.labelling
          if (!quick)
            await withProgressBar(terminal, 'Comparing each label with the others', (update) =>
              teaching.checkNow({ signal: terminal.signal, onProgress: (fraction) => update(fraction, '') }),
            )
          const found = await teaching.findings()
          const { findings } = found
          terminal.result(findingsDocument({ ...found, findings: findings.slice(0, limit) }), () =>
            findings.length === 0
              ? ['Nothing seems wrong with the labels.']
              : [
                  ...findings
                    .slice(0, limit)
                    .flatMap((finding) => [
                      printable(
                        `${finding.id}  ${finding.trackTitle}, ${spanText(finding, finding)}: ${finding.message}`,
                      ),
                      ...(finding.mendText === null
                        ? []
                        : [`    ${finding.mendText}: algiers labels mend ${finding.id}`]),
                    ]),
                  ...(findings.length > limit ? [`and ${findings.length - limit} more; show them with --limit`] : []),
                  '',
                  `${countText(findings.length, 'finding')}. What is right as it is: algiers labels dismiss <finding>`,
                ],
          )
        }),
      ),
    )
