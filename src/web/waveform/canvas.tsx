import { type ComponentProps, type ReactElement, useEffect, useRef } from 'react'

type Paint = (context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }) => void
type CanvasProps = ComponentProps<'canvas'> & {
  /** Called again whenever it is another function, and when the size or the theme changes. */
  readonly paint: Paint
}

/** The colour of a variable of theme.css. */
export const themeColour = (): ((name: string) => string) => {
  const style = getComputedStyle(document.documentElement)
  return (name) => style.getPropertyValue(name)
}

/** A canvas as large as its place, sharp on every screen; `paint` works in CSS pixels. */
export const Canvas = ({ paint, ...rest }: CanvasProps): ReactElement => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current!
    const repaint = (): void => {
      const { width, height } = element.getBoundingClientRect()
      const scale = devicePixelRatio
      const [pixels, lines] = [Math.round(width * scale), Math.round(height * scale)]
      if (element.width !== pixels) element.width = pixels
      if (element.height !== lines) element.height = lines
      const context = element.getContext('2d')!
      context.setTransform(scale, 0, 0, scale, 0, 0)
      context.clearRect(0, 0, width, height)
      paint(context, { width, height })
    }
    repaint()
    const sizes = new ResizeObserver(repaint)
    sizes.observe(element)
    const themes = new MutationObserver(repaint)
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      sizes.disconnect()
      themes.disconnect()
    }
  }, [paint])
  return <canvas ref={canvas} {...rest} />
}
