import { type ExchangeActions, exchangeActions } from '../exchange/exchange-actions.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type LabellingActions, labellingActions } from './labelling-actions.ts'

export type LabelActions = LabellingActions & ExchangeActions

export const labelActions = (workspace: Workspace): LabelActions => ({
  ...labellingActions(workspace),
  ...exchangeActions(workspace),
})
