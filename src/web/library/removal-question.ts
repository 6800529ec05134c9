import type { Answer } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'

/** Asks before a folder is taken out, with what that would do. @param removal undefined while that is not known */
export const removalQuestion = (removal: Answer<'rootRemoval'> | undefined): string => {
  if (removal === undefined) return 'Remove it from the library? No file is touched.'
  const { going, kept, elsewhere } = removal
  const parts = [
    ...(going > 0 ? [`${countText(going)} ${going === 1 ? 'goes' : 'go'}`] : []),
    ...(kept > 0 ? [`${countText(kept)} with your work ${kept === 1 ? 'is' : 'are'} kept under Missing`] : []),
    ...(elsewhere > 0 ? [`${countText(elsewhere)} in other folders too ${elsewhere === 1 ? 'stays' : 'stay'}`] : []),
  ]
  return parts.length === 0
    ? 'Remove it from the library? It holds no tracks.'
    : `${parts.join('; ')}. No file is touched.`
}
