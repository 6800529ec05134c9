import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects, those whose files take longest first. */
const ORDER = ['whole', 'browser', 'unit']

/** What takes long begins first, also where nothing is known yet of how long a file takes, so that no core waits for it at the end. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification): number => ORDER.indexOf(project.name)
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
