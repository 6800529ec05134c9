import { useEffect } from 'react'
import { create } from 'zustand'

type Problem = { readonly title: string; readonly detail: string }

const textOf = ({ title, detail }: Problem): string => `${title}\n${detail}`

/** The problems that the screen tells in their places, as often as it does. */
const useTold = create<{ readonly texts: readonly string[] }>(() => ({ texts: [] }))

/** While this is on the screen, no notice says the same. @param problem with its hint at the end of the detail */
export const useTelling = (problem: Problem): void => {
  const text = textOf(problem)
  useEffect(() => {
    useTold.setState(({ texts }) => ({ texts: [...texts, text] }))
    return () =>
      useTold.setState(({ texts }) => {
        const at = texts.indexOf(text)
        return { texts: texts.filter((_, index) => index !== at) }
      })
  }, [text])
}

/** Tells whether the screen says a problem already. */
export const useIsTold = (): ((problem: { readonly title: string; readonly detail?: string }) => boolean) => {
  const { texts } = useTold()
  return ({ title, detail = '' }) => texts.includes(textOf({ title, detail }))
}
