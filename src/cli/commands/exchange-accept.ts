import { type Command, Option } from 'commander'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

type Options = { readonly kind?: SectionKind; readonly track?: number }

export const exchangeAccept = (cli: Cli): Command =>
  cli
    .command({
      name: 'accept',
      description: 'Make labels of what an import suggests: all of it, of one kind, or of one track.',
      examples: ['algiers exchange accept 1', 'algiers exchange accept 1 --kind drop'],
    })
    .argument('<import>', 'number that `algiers exchange list` shows', parseWholeNumber)
    .addOption(new Option('--kind <kind>', 'only sections of this kind').choices(SECTION_KINDS))
    .option('--track <id>', 'only of this track', parseWholeNumber)
    .action(
      cli.run(async (terminal, { kind, track }: Options, id: number) =>
        cli.withApp(async (app) => {
          const accepted = await app.exchange.libraries.accept(id, { kind, trackId: track })
          terminal.result(snakeCase(accepted), () => [
            `${countText(accepted.labels, 'section')} accepted on ${countText(accepted.trackIds.length)}`,
          ])
        }),
      ),
    )
