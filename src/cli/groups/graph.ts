import { graphPair } from '../commands/graph-pair.ts'
import { graphShow } from '../commands/graph-show.ts'
import type { Group } from './group.ts'

export const graphGroup: Group = {
  description: 'See which tracks lead into which.',
  commands: [graphShow, graphPair],
}
