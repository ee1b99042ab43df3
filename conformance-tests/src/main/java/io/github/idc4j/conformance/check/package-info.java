/** The checks, by area: JUnit 5 classes that send requests and judge the answers. */
package io.github.idc4j.conformance.check;
