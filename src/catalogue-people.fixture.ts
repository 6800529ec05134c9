import { type OpenCatalogue, openKeeper } from './catalogue.ts'
import type { CatalogueUser } from './platform/catalogue/user-rows.ts'

/** Two of a team, one who only looks, and one of another team. */
const PEOPLE = [
  ['mia', 'labeller', 'radio'],
  ['tom', 'labeller', 'radio'],
  ['ada', 'reader', 'radio'],
  ['eve', 'owner', 'other'],
] as const

export type TestPeople = Record<(typeof PEOPLE)[number][0], CatalogueUser>

/** Lets them into a catalogue. */
export const letIn = async (url: string, { people }: Pick<OpenCatalogue, 'people'>): Promise<TestPeople> => {
  const keeper = await openKeeper(url)
  const users: Partial<TestPeople> = {}
  for (const [name, role, team] of PEOPLE) users[name] = (await people.of(await keeper.grant({ name, role, team })))!
  await keeper.close()
  return users as TestPeople
}
