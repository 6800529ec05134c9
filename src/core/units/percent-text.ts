/** 0.8754 → "87.5 %". What is not all is never shown as 100 %, and what is not nothing never as 0 %. */
export const percentText = (share: number, digits = 1): string => {
  const percent = share * 100
  const step = 10 ** -digits
  const text = percent.toFixed(digits)
  if (share < 1 && Number(text) >= 100) return `${(100 - step).toFixed(digits)} %`
  if (share > 0 && Number(text) <= 0) return `< ${step.toFixed(digits)} %`
  return `${text} %`
}
