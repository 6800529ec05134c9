import { type Command, Option } from 'commander'
import type { CatalogueKeeper } from '../engine/catalogue/catalogue-actions.ts'

export type CatalogueOptions = { readonly catalogue: string }

/** Adds the option that every command of a catalogue takes. Of a password in a command line the whole machine reads, of one in a variable it does not. */
export const withCatalogueOption = (command: Command): Command =>
  command.addOption(
    new Option('--catalogue <url>', 'address of the catalogue, postgres://…')
      .env('ALGIERS_CATALOGUE')
      .makeOptionMandatory(),
  )

/** Lends what keeps a catalogue; its code is loaded only then. */
export const withKeeper = async <Result>(
  { catalogue }: CatalogueOptions,
  use: (keeper: CatalogueKeeper) => Promise<Result>,
): Promise<Result> => {
  const { openKeeper } = await import('../catalogue.ts')
  const keeper = await openKeeper(catalogue)
  try {
    return await use(keeper)
  } finally {
    await keeper.close()
  }
}
