import { type ComponentType, lazy, type ReactElement, useState } from 'react'

type FetchedScreen = { readonly Screen: ComponentType; readonly fetch: () => Promise<ComponentType> }

/** A screen whose code comes when it is asked for; fetched ahead, it shows at once, without a moment of "Loading…". */
export const fetchedScreen = (load: () => Promise<ComponentType>): FetchedScreen => {
  let fetched: ComponentType | null = null
  const fetch = async (): Promise<ComponentType> => {
    fetched = await load()
    return fetched
  }
  const Later = lazy(async () => ({ default: await fetch() }))
  const Screen = (): ReactElement => {
    // A screen that is shown stays the component that it is: another one in its place would lose its state.
    const [Shown] = useState<ComponentType>(() => fetched ?? Later)
    return <Shown />
  }
  return { Screen, fetch }
}
