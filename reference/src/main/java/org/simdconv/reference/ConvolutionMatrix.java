package org.simdconv.reference;

/**
 * The matrix C of a convolution, so that {@code conv(x) = C x} and the transposed convolution is
 * {@code C^T y}. Row {@code (oc, oh, ow)}, column {@code (ic, ih, iw)}, both flattened in NCHW
 * order, for one image:
 *
 * <pre>
 * C[(oc, oh, ow), (ic, oh sh + kh dh - pt, ow sw + kw dw - pl)] = w[oc, ic, kh, kw]
 * </pre>
 *
 * <p>Kept sparse (CSR: values and column numbers of each row); {@link #dense()} writes it out, and
 * {@link #toString()} prints a small one. The transpose is not an inverse: {@code C^T} gives back
 * the shape of x, not its values.
 *
 * <p>Source: section 4.1 of V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep
 * learning" (arXiv 1603.07285), extended to channels, groups, stride, padding and dilation.
 * Immutable.
 */
public final class ConvolutionMatrix {
  // A wider or taller one is told by its size.
  private static final int MOST_PRINTED = 40;

  private final ConvShape shape;
  private final boolean transposed;
  private final int[] rowStart;
  private final int[] column;
  private final float[] values;

  private ConvolutionMatrix(
      ConvShape shape, boolean transposed, int[] rowStart, int[] column, float[] values) {
    this.shape = shape;
    this.transposed = transposed;
    this.rowStart = rowStart;
    this.column = column;
    this.values = values;
  }

  /**
   * The matrix of a convolution. The batch of the shape does not matter: C acts on one image.
   *
   * @param s the shape
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @return its matrix
   * @throws IllegalArgumentException if w has not {@link ConvShape#weightSize()} elements
   */
  public static ConvolutionMatrix of(ConvShape s, float[] w) {
    requireLength(w.length, s.weightSize(), "w");
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int rows = s.outChannels() * s.outHeight() * s.outWidth();
    int[] rowStart = new int[rows + 1];
    int capacity = ShapeArithmetic.elements(rows, groupIn, s.kernelHeight(), s.kernelWidth());
    int[] column = new int[capacity];
    float[] values = new float[capacity];
    int row = 0;
    int e = 0;
    for (int oc = 0; oc < s.outChannels(); oc++) {
      int g = oc / groupOut;
      for (int oh = 0; oh < s.outHeight(); oh++) {
        for (int ow = 0; ow < s.outWidth(); ow++) {
          for (int ic = 0; ic < groupIn; ic++) {
            for (int kh = 0; kh < s.kernelHeight(); kh++) {
              for (int kw = 0; kw < s.kernelWidth(); kw++) {
                int ih = oh * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
                int iw = ow * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
                if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
                  column[e] = ((g * groupIn + ic) * s.inHeight() + ih) * s.inWidth() + iw;
                  values[e] =
                      w[((oc * groupIn + ic) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
                  e++;
                }
              }
            }
          }
          rowStart[++row] = e;
        }
      }
    }
    return new ConvolutionMatrix(
        s, false, rowStart, java.util.Arrays.copyOf(column, e), java.util.Arrays.copyOf(values, e));
  }

  /**
   * Rows.
   *
   * @return of C, outChannels * outHeight * outWidth
   */
  public int rows() {
    return rowStart.length - 1;
  }

  /**
   * Columns.
   *
   * @return of C, inChannels * inHeight * inWidth
   */
  public int columns() {
    return transposed
        ? ShapeArithmetic.elements(1, shape.outChannels(), shape.outHeight(), shape.outWidth())
        : ShapeArithmetic.elements(1, shape.inChannels(), shape.inHeight(), shape.inWidth());
  }

  /**
   * {@code C^T}: the matrix of the transposed convolution with the same weights, from {@code
   * [outChannels, outHeight, outWidth]} to {@code [inChannels, inHeight, inWidth]}. The entries of
   * a row are kept in the canonical order of that sum, so that {@link #multiply} of it is {@link
   * #transposeMultiply} of this, bit for bit. The transpose of the transpose is C.
   *
   * @return the transpose
   */
  public ConvolutionMatrix transpose() {
    int[] starts = new int[columns() + 1];
    for (int c : column) {
      starts[c + 1]++;
    }
    for (int i = 0; i < columns(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] columns = new int[column.length];
    float[] turned = new float[values.length];
    for (int i = 0; i < rows(); i++) {
      int row = inOrder(i);
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        columns[next[column[e]]] = row;
        turned[next[column[e]]++] = values[e];
      }
    }
    return new ConvolutionMatrix(shape, !transposed, starts, columns, turned);
  }

  /**
   * Entries that are kept: one for each tap that falls into the image.
   *
   * @return number of entries
   */
  public int entries() {
    return values.length;
  }

  /**
   * C written out.
   *
   * @return rows of columns
   */
  public float[][] dense() {
    float[][] dense = new float[rows()][columns()];
    for (int row = 0; row < rows(); row++) {
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        dense[row][column[e]] = values[e];
      }
    }
    return dense;
  }

  /**
   * {@code C x}: the convolution of one image, without bias, in single precision and canonical
   * order.
   *
   * @param x one image, [inChannels, inHeight, inWidth]
   * @return [outChannels, outHeight, outWidth]
   * @throws IllegalArgumentException if x has not {@link #columns()} elements
   */
  public float[] multiply(float[] x) {
    requireLength(x.length, columns(), "x");
    float[] y = new float[rows()];
    for (int row = 0; row < rows(); row++) {
      float sum = 0f;
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        sum = Math.fma(values[e], x[column[e]], sum);
      }
      y[row] = sum;
    }
    return y;
  }

  /**
   * {@code C^T y}: the transposed convolution of one image, without bias, in single precision and
   * canonical order. Within an output channel the rows of C are taken from the last to the first,
   * so that each element of the result receives its taps with kernel row and column ascending: the
   * canonical order.
   *
   * @param y [outChannels, outHeight, outWidth]
   * @return [inChannels, inHeight, inWidth]
   * @throws IllegalArgumentException if y has not {@link #rows()} elements
   */
  public float[] transposeMultiply(float[] y) {
    requireLength(y.length, rows(), "y");
    float[] x = new float[columns()];
    for (int i = 0; i < rows(); i++) {
      int row = inOrder(i);
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        x[column[e]] = Math.fma(values[e], y[row], x[column[e]]);
      }
    }
    return x;
  }

  /**
   * {@code C x}: the convolution of one image, without bias, in double precision.
   *
   * @param x one image, [inChannels, inHeight, inWidth]
   * @return [outChannels, outHeight, outWidth]
   * @throws IllegalArgumentException if x has not {@link #columns()} elements
   */
  public double[] multiplyDouble(double[] x) {
    requireLength(x.length, columns(), "x");
    double[] y = new double[rows()];
    for (int row = 0; row < rows(); row++) {
      double sum = 0.0;
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        sum = sum + (double) values[e] * x[column[e]];
      }
      y[row] = sum;
    }
    return y;
  }

  /**
   * {@code C^T y}: the transposed convolution of one image, without bias, in double precision.
   * Within an output channel the rows of C are taken from the last to the first, so that each
   * element of the result receives its taps with kernel row and column ascending: the canonical
   * order.
   *
   * @param y [outChannels, outHeight, outWidth]
   * @return [inChannels, inHeight, inWidth]
   * @throws IllegalArgumentException if y has not {@link #rows()} elements
   */
  public double[] transposeMultiplyDouble(double[] y) {
    requireLength(y.length, rows(), "y");
    double[] x = new double[columns()];
    for (int i = 0; i < rows(); i++) {
      int row = inOrder(i);
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        x[column[e]] = x[column[e]] + (double) values[e] * y[row];
      }
    }
    return x;
  }

  /**
   * A small matrix as a grid, a dot for each place without an entry; a larger one by its size.
   *
   * @return text of a line a row
   */
  @Override
  public String toString() {
    if (rows() > MOST_PRINTED || columns() > MOST_PRINTED) {
      return rows() + " x " + columns() + " with " + entries() + " entries";
    }
    String[][] cells = new String[rows()][columns()];
    int width = 1;
    for (int row = 0; row < rows(); row++) {
      java.util.Arrays.fill(cells[row], ".");
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        float v = values[e];
        String cell = v == Math.rint(v) ? Long.toString((long) v) : Float.toString(v);
        cells[row][column[e]] = cell;
        width = Math.max(width, cell.length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : cells) {
      for (int c = 0; c < row.length; c++) {
        text.append(" ".repeat(width - row[c].length() + (c == 0 ? 0 : 1))).append(row[c]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Rows in the order in which a multiplication by the transpose takes them: of C, within an output
   * channel from the last to the first, so that taps come ascending.
   */
  private int inOrder(int i) {
    if (transposed) {
      return i;
    }
    int pixels = shape.outHeight() * shape.outWidth();
    int channel = i / pixels;
    return channel * pixels + pixels - 1 - (i - channel * pixels);
  }

  private static void requireLength(int actual, int expected, String name) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          name + " has " + actual + " elements; must have " + expected);
    }
  }
}
