/* Linked with every library that opcon opens when it is needed (library.h), so that their names and versions can be
 * read from the program this makes. It is never run or installed. */
int main(void)
{
    return 0;
}
