import type { Command } from 'commander'
import { countText } from '../../core/units/count-text.ts'
import { type CatalogueOptions, withCatalogueOption } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'

export const catalogueMigrate = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'migrate',
      description: 'Bring a catalogue up to date with this version of Algiers. Make a copy of the database first.',
      examples: ['algiers catalogue migrate --catalogue postgres://me@localhost/music'],
    }),
  ).action(
    cli.run(async (terminal, { catalogue }: CatalogueOptions) => {
      const { migrateCatalogue } = await import('../../catalogue.ts')
      const migrated = await migrateCatalogue(catalogue)
      const { from, to, waiting } = migrated
      terminal.result(migrated, () => [
        from === to
          ? `The catalogue has version ${to} already.`
          : `Brought the catalogue from version ${from} to ${to}.`,
        ...(waiting > 0 ? [`${countText(waiting, 'file')} will be analysed again.`] : []),
      ])
    }),
  )
